import socket
import ssl
import threading
import unittest

from danube import _http, _tls
from danube._calls import Lost

from .support import FakeMaster, launch

# of an authority that has no key any more
AUTHORITY = """\
-----BEGIN CERTIFICATE-----
MIIBljCCATygAwIBAgIRALrCMrf4vHPJO9YMjXBm2O4wCgYIKoZIzj0EAwIwKTEn
MCUGA1UEAxMeRGFudWJlIGNvbnRyb2wgcGxhbmUgYXV0aG9yaXR5MB4XDTI2MTEy
NjAzMjQwOVoXDTM2MTEyMzA0MjQwOVowKTEnMCUGA1UEAxMeRGFudWJlIGNvbnRy
b2wgcGxhbmUgYXV0aG9yaXR5MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAESpEj
8oAkWX9a/XjdBZNUq5BLPa69Yo5j4vkdoBxySkp6gC7oMNGc8ECMiEWHdLJrucNi
2iyP+pDde8XFT6C5PKNFMEMwEgYDVR0TAQH/BAgwBgEB/wIBADAOBgNVHQ8BAf8E
BAMCAQYwHQYDVR0OBBYEFNWWMqWfL/yfuLLTuFwyB+d5KYzDMAoGCCqGSM49BAMC
A0gAMEUCIQDZxd/u91V6uuukkhJx4cv3OFFuauUtwU0uHomhCSrIIgIgfNSlQced
FuBOnNun6x7B/HVEUkOoQteXCfxdNYbwC9o=
-----END CERTIFICATE-----
"""


class Listener:
    """Accepts connections and treats each as it is told. `received` is what came."""

    def __init__(self, treat):
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self.received = b""
        self.done = threading.Event()
        threading.Thread(target=self._serve, args=(treat,), daemon=True).start()

    def _serve(self, treat):
        try:
            connection, _ = self._socket.accept()
        except OSError:  # closed before anybody came
            return
        with connection:
            treat(self, connection)
        self.done.set()

    def close(self):
        self._socket.close()


def stay_silent(listener, connection):
    while chunk := connection.recv(65536):
        listener.received += chunk


def speak_plainly(listener, connection):
    listener.received += connection.recv(65536)
    connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")


class Tls(unittest.TestCase):
    def lost(self, treat):
        """Why a call to such a server is lost. It must not have been told the token."""
        listener = Listener(treat)
        self.addCleanup(listener.close)
        connection = {"rpc_url": f"https://127.0.0.1:{listener.port}", "ca": AUTHORITY, "token": "of-the-job"}
        with self.assertRaises(Lost) as raised:
            _http.report_status(connection, {"status": "failure"})
        self.assertTrue(listener.done.wait(10))
        self.assertTrue(listener.received)
        self.assertNotIn(b"of-the-job", listener.received)
        return str(raised.exception)

    def test_a_server_that_stays_silent_is_not_waited_for(self):
        self.addCleanup(setattr, _http, "_connect_seconds", _http._connect_seconds)
        _http._connect_seconds = 0.2
        self.assertRegex(self.lost(stay_silent), "^cannot reach the master: no TLS with 127.0.0.1: .*timed out")

    def test_a_server_without_tls_is_not_the_master(self):
        self.assertRegex(self.lost(speak_plainly), "^cannot reach the master: no TLS with 127.0.0.1: ")

    def test_a_connection_file_that_holds_no_certificate_is_told(self):
        listener = Listener(stay_silent)
        self.addCleanup(listener.close)
        connection = {"rpc_url": f"https://127.0.0.1:{listener.port}", "ca": "nonsense", "token": "of-the-job"}
        with self.assertRaisesRegex(Lost, "cannot reach the master: no TLS with 127.0.0.1"):
            _http.report_status(connection, {"status": "failure"})

    def test_only_the_given_authority_is_trusted(self):
        context = _tls._context(AUTHORITY)
        self.assertEqual(len(context.get_ca_certs()), 1)
        self.assertEqual(context.verify_mode, ssl.CERT_REQUIRED)
        self.assertTrue(context.check_hostname)
        self.assertEqual(context.minimum_version, ssl.TLSVersion.TLSv1_2)
        self.assertIs(_tls._context(AUTHORITY), context)
        self.assertIsNot(_tls._context(None), context)

    def test_addresses(self):
        for url, expected in (
            ("https://danube.svc:9000", (True, "danube.svc", 9000)),
            ("http://127.0.0.1:9000", (False, "127.0.0.1", 9000)),
            ("https://[::1]:9000/", (True, "::1", 9000)),
            ("https://ci.example.org", (True, "ci.example.org", 443)),
            ("http://[::1]", (False, "::1", 80)),
        ):
            self.assertEqual(_http._address(url), expected)
        for url in ("", "ftp://x:1", "https://x:y", "danube:9000"):
            with self.assertRaisesRegex(Lost, "rpc_url"):
                _http._address(url)

    def test_a_job_without_tls_does_not_pay_for_it(self):
        source = "import sys\nfrom danube import step\nstep.run('true')\nprint('ssl' in sys.modules)\n"
        with FakeMaster() as master:
            self.assertEqual(launch(source, master).stdout, "False\n")
