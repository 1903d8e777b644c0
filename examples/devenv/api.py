import os
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGES = {"/": b"hello\n", "/health": b"ok\n"}


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        page = PAGES.get(self.path)
        self.send_response(200 if page else 404)
        self.end_headers()
        self.wfile.write(page or b"not found\n")


address = (os.environ.get("HOST", "127.0.0.1"), int(os.environ["PORT"]))
ThreadingHTTPServer(address, Handler).serve_forever()
