"""A browser without the browser: speaks Streamlit's protocol to a real server, so that only the server's time is measured.

It sends what the page would send (which widget holds what) and receives everything the page would receive, over a real
WebSocket on the loopback address; it draws nothing. It holds for the Streamlit version that requirements.txt pins.
"""

import http.cookiejar
import socket
import time
import urllib.request
from collections.abc import Callable
from contextlib import ExitStack
from types import TracebackType
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from websockets.sync.client import connect

DONE = ForwardMsg.FINISHED_SUCCESSFULLY
XSRF = "_streamlit_xsrf"  # the cookie that an upload has to repeat in a header
PATIENCE = 300  # seconds
QUICK = getattr(socket, "TCP_QUICKACK", 0)  # Linux only; it has to be asked for again and again


class Visitor:
    """One reader of one server: turns pages, uploads, changes a widget; `run` says how many seconds the server took."""

    def __init__(self, url: str, query: str = "", cookie: str = "") -> None:
        self.url, self.query = url, query  # the arguments of the address
        cookies = http.cookiejar.CookieJar()
        self.web = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(cookies))
        self.web.open(f"{url}/_stcore/host-config").read()
        self.web.open(f"{url}/_stcore/health").read()
        self.token = next((cookie.value or "" for cookie in cookies if cookie.name == XSRF), "")
        self.connected = ExitStack()
        self.stream = self.connected.enter_context(
            connect(
                url.replace("http", "ws", 1) + "/_stcore/stream",
                max_size=None,
                open_timeout=PATIENCE,
                ping_interval=None,  # fifty at once on two cores may be slow to answer, which is no failure
                subprotocols=["streamlit"],  # type: ignore[list-item]
                additional_headers={"Cookie": f"{XSRF}={self.token}; {cookie}"},
            )
        )
        self.states: dict[str, WidgetState] = {}
        self.widgets: dict[str, str] = {}  # the key or kind of a widget → its id
        self.files: dict[str, str] = {}  # the key of a button that gives a file → what it is asked for by
        self.pages: dict[str, str] = {}  # the address of a page → its hash
        self.page = ""
        self.session = ""
        self.received = 0  # bytes of the last run
        self.script = 0.0  # seconds the script itself took in the last run, as the server measured it
        self.run()

    def __enter__(self) -> "Visitor":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.connected.close()

    def run(self) -> float:
        """Rerun the script with the widgets as they are; seconds until its last message is here."""
        message = BackMsg()
        message.rerun_script.widget_states.CopyFrom(WidgetStates(widgets=list(self.states.values())))
        message.rerun_script.page_script_hash = self.page
        message.rerun_script.query_string = self.query
        self.received = 0
        start = time.perf_counter()
        self.stream.send(message.SerializeToString())
        self._receive(lambda answer: answer.WhichOneof("type") == "script_finished" and answer.script_finished == DONE)
        return time.perf_counter() - start

    def _receive(self, last: Callable[[ForwardMsg], bool]) -> ForwardMsg:
        while True:
            if QUICK:  # acknowledge at once: no waiting of two machines for each other, 40 ms at a time, in the figures
                self.stream.socket.setsockopt(socket.IPPROTO_TCP, QUICK, 1)
            data = self.stream.recv(timeout=PATIENCE)
            self.received += len(data)
            answer = ForwardMsg.FromString(data if isinstance(data, bytes) else data.encode())
            self._note(answer)
            if last(answer):
                return answer

    def _note(self, answer: ForwardMsg) -> None:
        kind = answer.WhichOneof("type")
        if kind == "new_session":
            self.session = answer.new_session.initialize.session_id or self.session
        elif kind == "page_profile":
            self.script = answer.page_profile.exec_time / 1e6
        elif kind == "navigation":
            self.pages = {page.url_pathname: page.page_script_hash for page in answer.navigation.app_pages}
        elif kind == "delta" and answer.delta.WhichOneof("type") == "new_element":
            element: Any = answer.delta.new_element
            what = element.WhichOneof("type")
            if what == "exception":
                raise RuntimeError(f"the page failed: {element.exception.message}")
            if what == "download_button":
                self.files[element.download_button.id.split("-", 2)[-1]] = element.download_button.deferred_file_id
            if what in ("multiselect", "file_uploader"):
                identity = getattr(element, what).id
                self.widgets[what] = identity
                # An id is $$ID-<hash>-<key>; a key may hold dashes, a hash holds none.
                self.widgets[identity.split("-", 2)[-1]] = identity

    def take(self, key: str) -> tuple[float, int]:
        """Ask for the file of a button, as a press does: the seconds until it is here, and its bytes."""
        message = BackMsg()
        message.backend_operation_request.request_id = key
        message.backend_operation_request.session_id = self.session
        message.backend_operation_request.deferred_file.file_id = self.files[key]
        start = time.perf_counter()
        self.stream.send(message.SerializeToString())
        answer = self._receive(
            lambda answer: answer.WhichOneof("type") == "backend_operation_response"
        ).backend_operation_response
        if answer.error_msg:
            raise RuntimeError(f"the file {key} failed: {answer.error_msg}")
        data = self.web.open(self.url + answer.deferred_file.url, timeout=PATIENCE).read()
        return time.perf_counter() - start, len(data)

    def turn_to(self, address: str) -> float:
        """Open another page."""
        self.page = self.pages[address]
        return self.run()

    def choose(self, key: str, values: list[str]) -> float:
        """Choose in a multiselect."""
        state = WidgetState(id=self.widgets[key])
        state.string_array_value.data.extend(values)
        self.states[state.id] = state
        return self.run()

    def upload(self, name: str, data: bytes) -> float:
        """Drop a file; the seconds are those of the run that follows, not of the transport."""
        request = BackMsg()
        request.file_urls_request.request_id = "1"
        request.file_urls_request.file_names.append(name)
        request.file_urls_request.session_id = self.session
        self.stream.send(request.SerializeToString())
        urls = self._receive(lambda answer: answer.WhichOneof("type") == "file_urls_response").file_urls_response.file_urls[0]
        self._put(urls.upload_url, name, data)
        state = WidgetState(id=self.widgets["file_uploader"])
        info = state.file_uploader_state_value.uploaded_file_info.add()
        info.name, info.size, info.file_id = name, len(data), urls.file_id
        info.file_urls.CopyFrom(urls)
        self.states[state.id] = state
        return self.run()

    def _put(self, address: str, name: str, data: bytes) -> None:
        mark = b"benchmark-boundary"
        head = b'--%s\r\nContent-Disposition: form-data; name="file"; filename="%s"\r\nContent-Type: text/csv\r\n\r\n'
        body = head % (mark, name.encode()) + data + b"\r\n--%s--\r\n" % mark
        headers = {"Content-Type": f"multipart/form-data; boundary={mark.decode()}", "X-Xsrftoken": self.token}
        self.web.open(urllib.request.Request(self.url + address, body, headers, method="PUT"), timeout=PATIENCE).read()
