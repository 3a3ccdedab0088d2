"""The ways out of the house: SMS through the city's adapter, e-mail by SMTP (the console in a demo city)."""

from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage

from linli.ground.people import sms
from linli.ground.places.queries import city


class Undelivered(Exception):
    """The carrier did not take it; the code says why."""

    def __init__(self, code: str) -> None:
        """Keep the code."""
        super().__init__(code)
        self.code = code


def send_sms(phone: str, text: str, key: str) -> None:
    """Hand an SMS to the city's sender; a repeated `key` is sent once. Raises Undelivered."""
    try:
        sms.send(phone, text, key)
    except sms.NotSent as error:
        raise Undelivered("sms_not_taken") from error


def send_email(address: str, subject: str, text: str) -> None:
    """Hand a plain-text e-mail to the mail server; raises Undelivered. A real city without one says so instead of writing to a log."""
    opened = city()
    if settings.EMAIL_BACKEND.endswith("console.EmailBackend") and not (opened and opened.is_demo):
        raise Undelivered("no_mail_server")
    mail = EmailMessage(" ".join(subject.split()), text, settings.DEFAULT_FROM_EMAIL, [address])
    try:
        mail.send()
    except SMTPException as error:
        raise Undelivered("mail_refused") from error
    except OSError as error:
        raise Undelivered("mail_server_away") from error
