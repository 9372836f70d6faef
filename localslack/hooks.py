"""The addresses that are neither Web API nor client API: response URLs, uploads, files."""

from urllib.parse import quote

from aiohttp import web

from localslack.answers import answer_by_url
from localslack.arguments import read_call
from localslack.errors import SlackError
from localslack.files import kind_of_file
from localslack.slack import Slack


class Hooks:
    """Response URLs, and the bytes of files on their way in and out."""

    def __init__(self, slack: Slack) -> None:
        self._slack = slack

    def routes(self) -> list[web.RouteDef]:
        """The routes of this module."""
        return [
            web.post("/hooks/response/{key}", self.respond),
            web.post("/upload/{id}", self.upload),
            web.get("/files/{id}/{name}", self.download),
        ]

    async def respond(self, request: web.Request) -> web.Response:
        """An answer through a response URL."""
        try:
            _token, args = await read_call(request)
            url = self._slack.response_urls.use(request.match_info["key"])
            answer_by_url(self._slack, url, args)
        except SlackError as error:
            status = 404 if error.code.endswith("_url") else 400
            return web.json_response(error.answer(), status=status)
        return web.Response(text="ok")

    async def upload(self, request: web.Request) -> web.Response:
        """The bytes of a file that `files.getUploadURLExternal` announced."""
        file = self._slack.files.records.get(request.match_info["id"])
        if file is None or file.uploaded:
            raise web.HTTPNotFound(text="no upload is expected here")
        content = await request.read()
        if len(content) != file.size:
            raise web.HTTPBadRequest(text=f"{file.size} bytes were announced")
        self._slack.files.store(file, content)
        return web.Response(text=f"OK - {len(content)}")

    async def download(self, request: web.Request) -> web.Response:
        """A file; always as a download, so that none of it runs in the page."""
        file = self._slack.files.records.get(request.match_info["id"])
        content = self._slack.files.content(file) if file and file.complete else None
        if file is None or content is None:
            raise web.HTTPNotFound(text="there is no such file")
        disposition = f"attachment; filename*=UTF-8''{quote(file.name, safe='')}"
        headers = {"Content-Type": kind_of_file(file), "Content-Disposition": disposition}
        return web.Response(body=content, headers=headers)
