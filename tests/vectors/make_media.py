#!/usr/bin/env python3
"""Writes the small files of tests/vectors/media: make_media.py FOLDER. Needs ffmpeg (Debian 12: 5.1).

  tone.mp3       one second of a tone, two channels
  clip.mp4       one second of a moving picture of 64x48 with a tone
  moving.gif     four frames of 64x48
  drawing.png    120x60
  photo.jpg      64x48, lying on its side, with Exif: a camera, an orientation and where it was taken
  two_hours.ogg  one second of Opus, whose last page says that it ends after two hours
  paper.pdf      two empty pages with a title
"""

import pathlib
import struct
import subprocess
import sys
import tempfile

FOLDER = pathlib.Path(sys.argv[1])
TONE = ("-f", "lavfi", "-i", "sine=frequency=440:duration=1")


def picture(size, rate):
    return ("-f", "lavfi", "-i", f"testsrc=size={size}:rate={rate}:duration=1")


def ffmpeg(*arguments):
    subprocess.run(["ffmpeg", "-y", "-loglevel", "error", "-bitexact", *map(str, arguments)],
                   check=True, timeout=120)


def exif():
    def entry(tag, kind, count, value):
        return struct.pack(">HHI", tag, kind, count) + value

    place = 50  # offset of the directory of the place
    data = place + 2 + 12 * 5 + 4
    datum = b"GPS WGS-84\0"
    main = (struct.pack(">H", 3) + entry(0x010F, 2, 4, b"Cam\0") +
            entry(0x0112, 3, 1, struct.pack(">HH", 6, 0)) +
            entry(0x8825, 4, 1, struct.pack(">I", place)) + struct.pack(">I", 0))
    there = (struct.pack(">H", 5) + entry(1, 2, 2, b"N\0\0\0") +
             entry(2, 5, 3, struct.pack(">I", data)) + entry(3, 2, 2, b"E\0\0\0") +
             entry(4, 5, 3, struct.pack(">I", data + 24)) +
             entry(0x12, 2, len(datum), struct.pack(">I", data + 48)) + struct.pack(">I", 0) +
             struct.pack(">6I", 50, 1, 5, 1, 30, 1) + struct.pack(">6I", 14, 1, 25, 1, 10, 1) +
             datum)
    return b"Exif\0\0MM\0*" + struct.pack(">I", 8) + main + there


def ogg_sum(page):
    """CRC of RFC 3533: polynomial 04c11db7, nothing inverted."""
    value = 0
    for byte in page:
        value ^= byte << 24
        for _ in range(8):
            value = (value << 1 ^ (0x04C11DB7 if value & 0x80000000 else 0)) & 0xFFFFFFFF
    return value


def paper():
    objects = (b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>>",
               b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]>>",
               b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]>>", b"<</Title(A paper)>>")
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 6\n0000000000 65535 f \n"
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return out + b"trailer\n<</Size 6/Root 1 0 R/Info 5 0 R>>\nstartxref\n%d\n%%%%EOF\n" % start


def main():
    ffmpeg(*TONE, "-ac", 2, "-ar", 44100, "-b:a", "48k", FOLDER / "tone.mp3")
    ffmpeg(*picture("64x48", 5), *TONE, "-c:v", "mpeg4", "-b:v", "20k", "-c:a", "aac", "-b:a", "24k",
           FOLDER / "clip.mp4")
    ffmpeg(*picture("64x48", 4), FOLDER / "moving.gif")
    ffmpeg(*picture("120x60", 1), "-frames:v", 1, FOLDER / "drawing.png")
    with tempfile.TemporaryDirectory() as work:
        plain = pathlib.Path(work) / "plain.jpg"
        ffmpeg(*picture("64x48", 1), "-frames:v", 1, "-q:v", 8, plain)
        pixels, told = plain.read_bytes(), exif()
        (FOLDER / "photo.jpg").write_bytes(
            pixels[:2] + b"\xff\xe1" + struct.pack(">H", len(told) + 2) + told + pixels[2:])
        second = pathlib.Path(work) / "second.ogg"
        ffmpeg(*TONE, "-ac", 1, "-c:a", "libopus", "-b:a", "24k", "-fflags", "+bitexact",
               second)
        sound = bytearray(second.read_bytes())
    last = sound.rfind(b"OggS")
    sound[last + 6:last + 14] = struct.pack("<q", 48000 * 7200)
    sound[last + 22:last + 26] = bytes(4)
    sound[last + 22:last + 26] = struct.pack("<I", ogg_sum(sound[last:]))
    (FOLDER / "two_hours.ogg").write_bytes(sound)
    (FOLDER / "paper.pdf").write_bytes(paper())


main()
