"""What a file is, by the extension of its name: one table for each store and each answer."""

_UTF8 = "; charset=utf-8"

# HTML, CSS, JavaScript and XML carry no charset: old lessons declare their own inside, and scripts and styles inherit
# the page's. Plain text has no inside to declare it in.
_TYPES = {
    # pages and what they are made of
    "html": "text/html",
    "htm": "text/html",
    "xhtml": "application/xhtml+xml",
    "xht": "application/xhtml+xml",
    "css": "text/css",
    "js": "text/javascript",
    "mjs": "text/javascript",
    "cjs": "text/javascript",
    "json": "application/json",
    "jsonld": "application/ld+json",
    "geojson": "application/geo+json",
    "map": "application/json",
    "webmanifest": "application/manifest+json",
    "wasm": "application/wasm",
    "swf": "application/x-shockwave-flash",
    "dcr": "application/x-director",
    # XML
    "xml": "application/xml",
    "xsl": "application/xml",
    "xslt": "application/xml",
    "xsd": "application/xml",
    "rng": "application/xml",
    "dtd": "application/xml-dtd",
    "atom": "application/atom+xml",
    "rss": "application/rss+xml",
    # images
    "svg": "image/svg+xml",
    "png": "image/png",
    "apng": "image/apng",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "jpe": "image/jpeg",
    "jfif": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "avif": "image/avif",
    "bmp": "image/bmp",
    "ico": "image/vnd.microsoft.icon",
    "cur": "image/vnd.microsoft.icon",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    # video
    "mp4": "video/mp4",
    "m4v": "video/mp4",
    "mov": "video/quicktime",
    "webm": "video/webm",
    "ogv": "video/ogg",
    "mpg": "video/mpeg",
    "mpeg": "video/mpeg",
    "avi": "video/x-msvideo",
    "wmv": "video/x-ms-wmv",
    "flv": "video/x-flv",
    "mkv": "video/x-matroska",
    "3gp": "video/3gpp",
    "ts": "video/mp2t",
    "m3u8": "application/vnd.apple.mpegurl",
    "mpd": "application/dash+xml",
    # sound
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "aac": "audio/aac",
    "ogg": "audio/ogg",
    "oga": "audio/ogg",
    "opus": "audio/ogg",
    "wav": "audio/wav",
    "weba": "audio/webm",
    "flac": "audio/flac",
    "mid": "audio/midi",
    "midi": "audio/midi",
    "wma": "audio/x-ms-wma",
    # words
    "txt": f"text/plain{_UTF8}",
    "log": f"text/plain{_UTF8}",
    "csv": f"text/csv{_UTF8}",
    "tsv": f"text/tab-separated-values{_UTF8}",
    "md": f"text/markdown{_UTF8}",
    "vtt": f"text/vtt{_UTF8}",
    "srt": f"application/x-subrip{_UTF8}",
    "ics": f"text/calendar{_UTF8}",
    # fonts
    "woff": "font/woff",
    "woff2": "font/woff2",
    "ttf": "font/ttf",
    "otf": "font/otf",
    "ttc": "font/collection",
    "eot": "application/vnd.ms-fontobject",
    # documents
    "pdf": "application/pdf",
    "epub": "application/epub+zip",
    "rtf": "application/rtf",
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "ppt": "application/vnd.ms-powerpoint",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "ppsx": "application/vnd.openxmlformats-officedocument.presentationml.slideshow",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
    # models and archives
    "glb": "model/gltf-binary",
    "gltf": "model/gltf+json",
    "zip": "application/zip",
    "gz": "application/gzip",
    "tar": "application/x-tar",
    "7z": "application/x-7z-compressed",
}

UNKNOWN = "application/octet-stream"


def media_type(key: str) -> str:
    """Say what lies under a key, as the Content-Type of HTTP."""
    _, dot, extension = key.rpartition("/")[2].rpartition(".")
    return _TYPES.get(extension.lower(), UNKNOWN) if dot else UNKNOWN
