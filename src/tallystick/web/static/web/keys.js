/* Keys and menus, for whoever has scripts: "/" goes to the box that finds, Escape closes what is open. Everything works without. */
"use strict";

(() => {
  const menus = () => document.querySelectorAll(".menu details[open]");
  const writes = (one) => one.isContentEditable || ["INPUT", "SELECT", "TEXTAREA"].includes(one.tagName);

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      for (const menu of menus()) {
        menu.open = false;
        if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
      }
    }
    const box = document.getElementById("seek");
    if (event.key === "/" && box && !writes(event.target) && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      box.focus();
      box.select();
    }
  });

  document.addEventListener("click", (event) => {
    for (const menu of menus()) if (!menu.contains(event.target)) menu.open = false;
  });
})();
