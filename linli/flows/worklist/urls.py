"""The addresses of the work list: under the word by which people know it, cases."""

from django.urls import path

from .views import exports, listing, queue, saved, together

app_name = "worklist"
urlpatterns = [
    path("", listing.index, name="index"),
    path("filters/", saved.filters, name="filters"),
    path("filters/save/", saved.save, name="save"),
    path("filters/<str:reference>/rename/", saved.rename, name="rename"),
    path("filters/<str:reference>/share/", saved.share, name="share"),
    path("filters/<str:reference>/unshare/", saved.unshare, name="unshare"),
    path("filters/<str:reference>/remove/", saved.remove, name="remove"),
    path("together/accept/", together.accept, name="accept"),
    path("together/assign/", together.assign, name="assign"),
    path("together/note/", together.note, name="note"),
    path("export/", exports.export, name="export"),
    path("export/<str:reference>/", exports.follow, name="follow"),
    path("export/<str:reference>/download/", exports.download, name="download"),
    path("queue/", queue.queue, name="queue"),
    path("queue/<str:reference>/designate/", queue.designate, name="designate"),
]
