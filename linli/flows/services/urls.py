"""The addresses of services: applications and their steps."""

from django.urls import path

from .views import intake, matters, steps

app_name = "services"
urlpatterns = [
    path("apply/<str:code>/", intake.apply, name="apply"),
    path("register/<str:code>/", intake.register, name="register"),
    path("mine/", matters.mine, name="mine"),
    path("queue/", matters.queue, name="queue"),
    path("<str:reference>/", matters.show, name="show"),
    path("<str:reference>/unmask/", matters.unmask, name="unmask"),
    path("<str:reference>/accept/", steps.accept, name="accept"),
    path("<str:reference>/ask-papers/", steps.ask_papers, name="ask_papers"),
    path("<str:reference>/settle/", steps.settle, name="settle"),
    path("<str:reference>/complete/", steps.complete, name="complete"),
    path("<str:reference>/extend/", steps.extend, name="extend"),
    path("<str:reference>/decide/", steps.decide, name="decide"),
    path("<str:reference>/deliver/", steps.deliver, name="deliver"),
    path("<str:reference>/withdraw/", steps.withdraw, name="withdraw"),
    path("<str:reference>/rate/", steps.rate, name="rate"),
]
