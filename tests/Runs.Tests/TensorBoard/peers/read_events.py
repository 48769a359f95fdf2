"""Prints the records of a TensorBoard event file as JSON, read by Google's protobuf for Python.

The message types are described here once more, from TensorFlow's event.proto, summary.proto, tensor.proto and
types.proto, so that nothing is shared with what wrote the file.
"""
import json
import struct
import sys

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

DOUBLE, FLOAT, INT64, INT32, STRING, MESSAGE, BYTES = 1, 2, 3, 5, 9, 11, 12
TYPES = {
    "Event": [
        ("wall_time", 1, DOUBLE),
        ("step", 2, INT64),
        ("file_version", 3, STRING, "what"),
        ("summary", 5, "Summary", "what"),
        ("session_log", 7, "SessionLog", "what"),
    ],
    "SessionLog": [("status", 1, INT32)],
    "Summary": [("value", 1, "*Value")],
    "Value": [
        ("tag", 1, STRING),
        ("simple_value", 2, FLOAT, "value"),
        ("tensor", 8, "TensorProto", "value"),
        ("metadata", 9, "SummaryMetadata"),
    ],
    "SummaryMetadata": [("plugin_data", 1, "PluginData")],
    "PluginData": [("plugin_name", 1, STRING), ("content", 2, BYTES)],
    "TensorProto": [("dtype", 1, INT32), ("tensor_shape", 2, "TensorShapeProto"), ("string_val", 8, "*bytes")],
    "TensorShapeProto": [("dim", 2, "*Dim")],
    "Dim": [("size", 1, INT64), ("name", 2, STRING)],
}


def event_class():
    file = descriptor_pb2.FileDescriptorProto(name="events.proto", package="peer", syntax="proto3")
    for name, fields in TYPES.items():
        message = file.message_type.add(name=name)
        for field_name, number, kind, *oneof in fields:
            field = message.field.add(name=field_name, number=number)
            if oneof:
                if not message.oneof_decl:
                    message.oneof_decl.add(name=oneof[0])
                field.oneof_index = 0
            repeated = isinstance(kind, str) and kind.startswith("*")
            field.label = 3 if repeated else 1
            if kind == "*bytes":
                field.type = BYTES
            elif isinstance(kind, str):
                field.type = MESSAGE
                field.type_name = ".peer." + kind.lstrip("*")
            else:
                field.type = kind
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    descriptor = pool.FindMessageTypeByName("peer.Event")
    if hasattr(message_factory, "GetMessageClass"):
        return message_factory.GetMessageClass(descriptor)
    return message_factory.MessageFactory(pool).GetPrototype(descriptor)


def crc_table():
    table = []
    for byte in range(256):
        for _ in range(8):
            byte = (byte >> 1) ^ (0x82F63B78 if byte & 1 else 0)
        table.append(byte)
    return table


TABLE = crc_table()


def masked_crc(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc = TABLE[(crc ^ byte) & 0xFF] ^ (crc >> 8)
    crc ^= 0xFFFFFFFF
    return (((crc >> 15) | (crc << 17)) + 0xA282EAD8) & 0xFFFFFFFF


def records(stream):
    while header := stream.read(12):
        length, crc = struct.unpack("<QI", header)
        assert crc == masked_crc(header[:8]), "checksum of a length"
        data = stream.read(length)
        (crc,) = struct.unpack("<I", stream.read(4))
        assert crc == masked_crc(data), "checksum of a record"
        yield data


def main():
    event_type = event_class()
    found = []
    with open(sys.argv[1], "rb") as stream:
        for data in records(stream):
            event = event_type()
            event.ParseFromString(data)
            assert event.SerializeToString(deterministic=True) == data, "unknown fields"
            found.append({
                "wall_time": event.wall_time,
                "step": event.step,
                "file_version": event.file_version,
                "scalars": {v.tag: v.simple_value for v in event.summary.value if not v.HasField("tensor")},
                "texts": {
                    v.tag: v.tensor.string_val[0].decode()
                    for v in event.summary.value
                    if v.HasField("tensor")
                    and v.metadata.plugin_data.plugin_name == "text"
                    and v.tensor.dtype == 7
                    and [d.size for d in v.tensor.tensor_shape.dim] == [1]
                },
            })
    print(json.dumps(found))


main()
