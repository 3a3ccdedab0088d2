"""The map of the organisations."""

from django.urls import path

from .views import desk, holdings, public

app_name = "organisations"
urlpatterns = [
    path("", public.index, name="index"),
    path("set-up/<str:path>/<slug:kind>/", desk.set_up, name="set_up"),
    path("posts/<int:pk>/appoint/", holdings.appoint, name="appoint"),
    path("holdings/<int:pk>/end/", holdings.end, name="end"),
    path("holdings/<int:pk>/withdraw/", holdings.withdraw, name="withdraw"),
    path("<str:reference>/", public.show, name="show"),
    path("<str:reference>/rename/", desk.rename, name="rename"),
    path("<str:reference>/correct/", desk.correct, name="correct"),
    path("<str:reference>/move/", desk.move, name="move"),
    path("<str:reference>/dissolve/", desk.dissolve, name="dissolve"),
]
