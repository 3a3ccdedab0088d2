"""The map of the organisations."""

from django.urls import path

from .views import desk, posts, public

app_name = "organisations"
urlpatterns = [
    path("", public.index, name="index"),
    path("set-up/<str:path>/<slug:kind>/", desk.set_up, name="set_up"),
    path("act-as/", posts.choose, name="choose"),
    path("act-as/<int:pk>/", posts.act_as, name="act_as"),
    path("posts/<int:pk>/appoint/", posts.appoint, name="appoint"),
    path("holdings/<int:pk>/end/", posts.end, name="end"),
    path("<str:reference>/", public.show, name="show"),
    path("<str:reference>/rename/", desk.rename, name="rename"),
    path("<str:reference>/correct/", desk.correct, name="correct"),
    path("<str:reference>/move/", desk.move, name="move"),
    path("<str:reference>/dissolve/", desk.dissolve, name="dissolve"),
]
