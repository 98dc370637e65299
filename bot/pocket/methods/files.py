"""Documents and pictures, out and in."""

from bot.pocket import limits
from bot.pocket.actions import add_file, described_file
from bot.pocket.call import Call, Upload
from bot.pocket.methods.sending import common_fields, deliver, read_caption
from bot.pocket.refusals import bad_request
from bot.pocket.things import Json


def _file(call: Call, kind: str) -> tuple[str, Upload]:
    """The file of a call: newly uploaded, or known by its id. Returns id and content."""
    named = call.text(kind)
    upload = call.files.get(named.removeprefix("attach://")) if named.startswith("attach://") else call.files.get(kind)
    if upload is not None:
        if not upload.content:
            raise bad_request("file must be non-empty")
        if len(upload.content) > limits.UPLOAD_BYTES:
            raise bad_request("file is too big")
        return add_file(call.world, upload.name, upload.mime_type, upload.content), upload
    if not named:
        raise bad_request(f"there is no {kind} in the request")
    known = call.world.store.file(named)
    if known is None:
        # An http address is refused as well: the pocket fetches nothing from elsewhere.
        raise bad_request("wrong remote file identifier specified: Wrong string length")
    return named, Upload(*known)


def send_document(call: Call) -> Json:
    """sendDocument."""
    chat = call.world.chat_for_bot(call.parameters.get("chat_id"))
    content = read_caption(call) | common_fields(call, chat)
    file_id, upload = _file(call, "document")
    described = described_file(file_id, upload.content) | {"file_name": upload.name, "mime_type": upload.mime_type}
    return deliver(call, chat, {"document": described} | content)


def send_photo(call: Call) -> Json:
    """sendPhoto."""
    chat = call.world.chat_for_bot(call.parameters.get("chat_id"))
    content = read_caption(call) | common_fields(call, chat)
    file_id, upload = _file(call, "photo")
    size = described_file(file_id, upload.content) | {"width": 800, "height": 800}
    return deliver(call, chat, {"photo": [size]} | content)


def get_file(call: Call) -> Json:
    """getFile: the path under which the content can be fetched."""
    file_id = call.text("file_id")
    if not file_id:
        raise bad_request("file_id not specified")
    known = call.world.store.file(file_id)
    if known is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if len(known[2]) > limits.DOWNLOAD_BYTES:
        raise bad_request("file is too big")
    return described_file(file_id, known[2]) | {"file_path": f"documents/{file_id}"}
