"""The addresses of cases."""

from django.urls import path

from .views import pages, steps

app_name = "cases"
urlpatterns = [
    path("mine/", pages.mine, name="mine"),
    path("<str:reference>/", pages.show, name="show"),
    path("<str:reference>/unmask/", pages.unmask, name="unmask"),
    *(path(f"<str:reference>/{verb}/", steps.door(verb), name=verb) for verb in steps.DONE),
]
