"""The messages of peer.proto by hand: three fields need no generated code."""


def varint(n):
    out = bytearray()
    while True:
        n, low = n >> 7, n & 127
        out.append(low | (128 if n else 0))
        if not n:
            return bytes(out)


def pack(text="", count=0, data=b""):
    out = b""
    if text:
        raw = text.encode()
        out += b"\x0a" + varint(len(raw)) + raw
    if count:
        out += b"\x10" + varint(count)
    if data:
        out += b"\x1a" + varint(len(data)) + data
    return out


def unpack(raw):
    fields, i = {"text": "", "count": 0, "data": b""}, 0

    def number():
        nonlocal i
        value = shift = 0
        while True:
            b = raw[i]
            i += 1
            value |= (b & 127) << shift
            shift += 7
            if b < 128:
                return value

    while i < len(raw):
        tag = number()
        if tag == 0x10:
            fields["count"] = number()
        else:
            n = number()
            value = raw[i:i + n]
            i += n
            fields["text" if tag == 0x0A else "data"] = value.decode() if tag == 0x0A else value
    return fields
