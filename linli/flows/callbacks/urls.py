"""The addresses of call-backs and rates: under the word by which people know it, cases."""

from django.urls import path

from .views import calls, rates

app_name = "callbacks"
urlpatterns = [
    path("call_backs/", calls.queue, name="queue"),
    path("rates/", rates.rates, name="rates"),
    path("rates/export.xlsx", rates.export, name="export"),
    path("rates/behind/", rates.behind, name="behind"),
    path("<str:reference>/rate/", calls.rate, name="rate"),
    path("<str:reference>/call_back/", calls.call_back, name="call_back"),
    path("<str:reference>/call_back/unmask/", calls.unmask, name="unmask"),
    path("<str:reference>/miss/", calls.miss, name="miss"),
    path("<str:reference>/exclude/", calls.exclude, name="exclude"),
    path("<str:reference>/include/", calls.include, name="include"),
]
