"""Voice messages for tests: sentences spoken by a synthesiser, and sounds that hold no words, as Ogg with
Opus. Needs flite and opusenc (Debian: flite, opus-tools)."""

import array
import math
import os
import shutil
import struct
import subprocess
import tempfile

RATE = 16000
WITHIN = 60  # seconds; a sentence takes a fraction of one


def missing_tools():
    return [tool for tool in ("flite", "opusenc") if shutil.which(tool) is None]


def words_of(text):
    kept = "".join(c if c.isalpha() or c == "'" else " " for c in text.lower())
    return kept.split()


def word_errors(said, heard):
    """How many words must be put in, taken out or changed (Levenshtein)."""
    said, heard = words_of(said), words_of(heard)
    row = list(range(len(heard) + 1))
    for i, word in enumerate(said, 1):
        diagonal, row[0] = row[0], i
        for j, other in enumerate(heard, 1):
            diagonal, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, diagonal + (word != other))
    return row[-1]


def speak(text, voice="slt"):
    """The sentence as a WAV file's bytes."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "said.wav")
        subprocess.run(["flite", "-voice", voice, "-t", text, "-o", path], check=True, timeout=WITHIN)
        with open(path, "rb") as file:
            return file.read()


def wav(samples):
    data = array.array("h", samples).tobytes()
    return (b"RIFF" + struct.pack("<I", 36 + len(data)) + b"WAVEfmt " +
            struct.pack("<IHHIIHH", 16, 1, 1, RATE, 2 * RATE, 2, 16) +
            b"data" + struct.pack("<I", len(data)) + data)


def silence(seconds):
    return wav([0] * int(RATE * seconds))


def sweep(seconds):
    """A sine from 200 to 3,000 Hz and back, over and over: a sound, but nothing that is said."""
    samples, phase = [], 0.0
    for i in range(int(RATE * seconds)):
        place = (i / RATE) % 2
        frequency = 200 + 2800 * (place if place < 1 else 2 - place)
        phase += 2 * math.pi * frequency / RATE
        samples.append(int(8000 * math.sin(phase)))
    return wav(samples)


def ogg(wave):
    return subprocess.run(["opusenc", "--quiet", "-", "-"], input=wave, stdout=subprocess.PIPE,
                          check=True, timeout=WITHIN).stdout


def _crc_table():
    table = []
    for i in range(256):
        value = i << 24
        for _ in range(8):
            value = (value << 1) ^ (0x04C11DB7 if value & 0x80000000 else 0)
        table.append(value & 0xFFFFFFFF)
    return table


CRC = _crc_table()


def _page(kind, position, number, packets):
    page = bytearray(b"OggS\0" + bytes([kind]) + struct.pack("<qIIIB", position, 1, number, 0, len(packets)))
    page += bytes(len(packet) for packet in packets) + b"".join(packets)
    crc = 0
    for byte in page:
        crc = ((crc << 8) & 0xFFFFFFFF) ^ CRC[(crc >> 24) ^ byte]
    page[22:26] = struct.pack("<I", crc)
    return bytes(page)


def long_ogg(seconds, declared=None):
    """So many seconds of next to nothing: packets of 60 ms that hold one byte. `declared`: what the last
    page says how long it is."""
    head = b"OpusHead\x01\x01" + struct.pack("<HIhB", 0, RATE, 0, 0)
    tags = b"OpusTags" + struct.pack("<I", 4) + b"test" + struct.pack("<I", 0)
    pages = [_page(2, 0, 0, [head]), _page(0, 0, 1, [tags])]
    packets = [b"\x18"] * int(seconds / 0.06)  # SILK, narrow band, 60 ms, one frame that is empty
    position = 0
    for at in range(0, len(packets), 250):
        some = packets[at:at + 250]
        position += 2880 * len(some)
        last = at + 250 >= len(packets)
        shown = declared * 48000 if last and declared else position
        pages.append(_page(4 if last else 0, shown, len(pages), some))
    return b"".join(pages)


# Sentences for measuring: everyday ones, of all lengths.
BENCH_SENTENCES = (
    "please call me back tomorrow morning",
    "the meeting is at five in the afternoon",
    "i would like to order two large pizzas",
    "can you send me the address of the hotel",
    "we will be there in about twenty minutes",
    "thank you very much for your help today",
    "the train from the city was late again this morning so i missed the first part of the meeting",
    "do you know when the doctor is going to be in the office next week",
    "my order has not arrived yet and i would like to know where it is",
    "happy birthday and best wishes to you and your family",
)
