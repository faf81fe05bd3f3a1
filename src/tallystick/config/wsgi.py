"""The pages as a WSGI application, for a process that has opened the books (see tallystick.ops.opening)."""

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
