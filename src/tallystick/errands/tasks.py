"""The errands as the task library runs them: it finds these functions by their names, in the rows of its own table."""

from django_tasks import TaskContext, task

from tallystick.core.errand import ErrandKind
from tallystick.errands import running


@task(takes_context=True)
def weigh(context: TaskContext, number: int) -> None:
    running.run(number, running.weigh, context=context)


@task(takes_context=True)
def take(context: TaskContext, number: int) -> None:
    running.run(number, running.take, context=context)


@task(takes_context=True)
def give(context: TaskContext, number: int) -> None:
    running.run(number, running.give, context=context)


TASKS = {ErrandKind.WEIGH: weigh, ErrandKind.TAKE: take, ErrandKind.GIVE: give}
