"""Refusals in the reader's language."""

from django import template

from tallystick.web import refusals

register = template.Library()
register.filter("sentence", refusals.sentence)
register.filter("expectation", refusals.expectation)
