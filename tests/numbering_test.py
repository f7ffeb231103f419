#!/usr/bin/env python3
"""What the gateway tells about phone numbers is what Google's libphonenumber tells, as Debian's
python3-phonenumbers has it: another program, in another language, of the same version.

  numbering_test.py BINARY [TEST...]

Numbers are drawn with a fixed seed over all countries and prefixes. Exit code 77 when the package is
missing, or 1 with CI=true.
"""

import importlib.machinery
import importlib.util
import os
import pathlib
import random
import struct
import sys
import tempfile
import unittest
import urllib.parse

from support.gateway import Gateway

BINARY = None
ROOT = pathlib.Path(__file__).resolve().parent.parent
NUMBERS = 20_000
PER_COUNTRY = {"examples": 30, "prefixes": 35, "random": 8}  # the rest over all prefixes
SEED = 81257

# Numbers for which the two are known to differ, and why. There are none.
DIFFERENT = {}

sys.path.append("/usr/lib/python3/dist-packages")  # Debian's, for a Python that is not Debian's
try:
    import phonenumbers
    from phonenumbers import carrier, geocoder, timezone
    from phonenumbers.carrierdata import CARRIER_DATA
    from phonenumbers.geodata import GEOCODE_DATA
    from phonenumbers.tzdata import TIMEZONE_DATA
except ImportError:
    print("apt-get install python3-phonenumbers")
    sys.exit(1 if os.environ.get("CI") == "true" else 77)


def load(path):
    """A program without a suffix, as a module."""
    loader = importlib.machinery.SourceFileLoader(path.name, str(path))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(path.name, loader))
    loader.exec_module(module)
    return module


# ----------------------------------------------------------------------------------------- drawing

def metadata_of(region):
    """Of a country, or of a code that belongs to none."""
    if isinstance(region, int):
        return phonenumbers.PhoneMetadata.metadata_for_nongeo_region(region)
    return phonenumbers.PhoneMetadata.metadata_for_region(region)


def descriptions(metadata):
    """The kinds of numbers of a country that have an example."""
    kinds = (metadata.fixed_line, metadata.mobile, metadata.toll_free, metadata.premium_rate,
             metadata.shared_cost, metadata.personal_number, metadata.voip, metadata.pager,
             metadata.uan, metadata.voicemail)
    return [kind for kind in kinds if kind is not None and kind.example_number]


def digits(chance, count):
    return "".join(chance.choice("0123456789") for _ in range(max(0, count)))


def lengths_of(metadata):
    return [length for length in metadata.general_desc.possible_length if length > 0] or [8]


def is_askable(number):
    """What the gateway takes as a phone number at all."""
    return 5 <= len(number) <= 15 and not number.startswith("0")


def prefixes_by_code():
    """All prefixes of the three tables, by country code."""
    codes = {}
    for prefix in sorted(set(GEOCODE_DATA) | set(CARRIER_DATA) | set(TIMEZONE_DATA)):
        for length in (1, 2, 3):
            if int(prefix[:length]) in phonenumbers.COUNTRY_CODE_TO_REGION_CODE:
                codes.setdefault(int(prefix[:length]), []).append(prefix)
                break
    return codes


def draw():
    """NUMBERS different numbers."""
    chance = random.Random(SEED)
    drawn = {}  # keeps the order
    prefixes = prefixes_by_code()
    regions = sorted(phonenumbers.SUPPORTED_REGIONS) + sorted(
        code for code, names in phonenumbers.COUNTRY_CODE_TO_REGION_CODE.items() if names == ("001",))

    def add(number):
        if is_askable(number):
            drawn[number] = None

    def extend(prefix, metadata):
        return prefix + digits(chance, len(str(metadata.country_code)) +
                               chance.choice(lengths_of(metadata)) - len(prefix))

    for region in regions:
        metadata = metadata_of(region)
        code, kinds = metadata.country_code, descriptions(metadata)
        for at in range(PER_COUNTRY["examples"]):
            # The end of an example is another; now and then a digit more or less.
            example = kinds[at % len(kinds)].example_number
            kept = chance.randint(max(0, len(example) - 6), len(example))
            wrong = chance.choice((-1, 1)) if at % 10 == 9 else 0
            add(f"{code}{example[:kept]}{digits(chance, len(example) - kept + wrong)}")
        for _ in range(PER_COUNTRY["prefixes"]):
            add(extend(chance.choice(prefixes.get(code, [str(code)])), metadata))
        for _ in range(PER_COUNTRY["random"]):
            add(f"{code}{digits(chance, chance.randint(3, 13))}")
    everything = [(prefix, code) for code, names in sorted(prefixes.items()) for prefix in names]
    while len(drawn) < NUMBERS:
        prefix, code = chance.choice(everything)
        home = phonenumbers.COUNTRY_CODE_TO_REGION_CODE[code][0]
        add(extend(prefix, metadata_of(code if home == "001" else home)))
    return list(drawn)[:NUMBERS]


# ---------------------------------------------------------------------------------------- the answer

TYPES = {getattr(phonenumbers.PhoneNumberType, name): word for name, word in (
    ("UNKNOWN", "unknown"), ("FIXED_LINE", "fixed_line"), ("MOBILE", "mobile"),
    ("FIXED_LINE_OR_MOBILE", "fixed_line_or_mobile"), ("TOLL_FREE", "toll_free"),
    ("PREMIUM_RATE", "premium_rate"), ("SHARED_COST", "shared_cost"), ("VOIP", "voip"),
    ("PERSONAL_NUMBER", "personal"), ("PAGER", "pager"), ("UAN", "universal_access"),
    ("VOICEMAIL", "voicemail"))}


def expected(digits_of_number):
    """The admin API's answer, as the oracle gives it."""
    try:
        number = phonenumbers.parse("+" + digits_of_number)
    except phonenumbers.NumberParseException:
        nothing = dict.fromkeys(("e164", "international", "national", "country", "region", "carrier"))
        return {"is_possible": False, "is_valid": False, "type": "unknown", **nothing, "time_zones": []}
    forms = phonenumbers.PhoneNumberFormat
    # What is not assigned belongs to the main country of its code: the gateway's rule.
    country = (phonenumbers.region_code_for_number(number) or
               phonenumbers.region_code_for_country_code(number.country_code))
    return {
        "is_possible": phonenumbers.is_possible_number(number),
        "is_valid": phonenumbers.is_valid_number(number),
        "type": TYPES[phonenumbers.number_type(number)],
        "e164": phonenumbers.format_number(number, forms.E164),
        "international": phonenumbers.format_number(number, forms.INTERNATIONAL),
        "national": phonenumbers.format_number(number, forms.NATIONAL),
        "country": None if country in ("001", "ZZ") else country,
        "region": geocoder.description_for_number(number, "en") or None,
        "carrier": carrier.name_for_number(number, "en") or None,
        "time_zones": list(timezone.time_zones_for_number(number)),
    }


# ---------------------------------------------------------------------------------------------- tests

class Prefixes(unittest.TestCase):
    """src/numbering/prefixes.bin, read by the description in src/numbering/prefix_table.h."""

    @classmethod
    def setUpClass(cls):
        cls.file = (ROOT / "src/numbering/prefixes.bin").read_bytes()
        cls.generator = load(ROOT / "tools/number_prefixes")
        at = 8 + 4 * 12
        cls.tables = []
        for table in range(4):
            ranges, names, text = struct.unpack_from("<3I", cls.file, 8 + table * 12)
            arrays = []
            for form, count in (("I", ranges), ("I", names + 1), ("H", ranges), ("s", text)):
                size = count * struct.calcsize(form)
                part = cls.file[at:at + size]
                arrays.append(part if form == "s" else struct.unpack(f"<{count}{form}", part))
                at += (size + 3) // 4 * 4
            cls.tables.append(arrays)

    def test_the_committed_file_is_what_the_generator_writes(self):
        self.assertTrue(self.file == self.generator.file_of(phonenumbers),
                        "run tools/number_prefixes and commit what it writes")

    def check(self, table, names):
        """Every prefix, alone, with something behind it and with what comes after all that begins
        with it, where another range starts; against the oracle's own search."""
        starts, offsets, name_of, text = self.tables[table]
        found = {}
        # Sorted by key, all are found in one walk.
        wanted = set(names) | {prefix + "0" for prefix in names}
        for prefix in names:
            rest = prefix.rstrip("9")
            if rest:
                wanted.add(str(int(rest) + 1))
        wanted = sorted((self.generator.key_of(number), number) for number in wanted)
        at = 0
        for key, number in wanted:
            while at + 1 < len(starts) and starts[at + 1] <= key:
                at += 1
            name = name_of[at]
            found[number] = text[offsets[name]:offsets[name + 1]].decode()
        longest = max(map(len, names))
        for number, name in found.items():
            right = next((names[number[:length]] for length in range(longest, 0, -1)
                          if number[:length] in names), "")
            self.assertEqual(name, right, number)

    def test_every_region(self):
        self.check(0, {prefix: names.get("en", "") for prefix, names in GEOCODE_DATA.items()})

    def test_every_carrier(self):
        self.check(1, {prefix: names.get("en", "") for prefix, names in CARRIER_DATA.items()})

    def test_every_zone(self):
        self.check(2, {prefix: " ".join(zones) for prefix, zones in TIMEZONE_DATA.items()})


class Numbers(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="parley-numbering-")
        cls.addClassCleanup(cls.folder.cleanup)
        cls.gateway = Gateway(BINARY, os.path.join(cls.folder.name, "data"))
        cls.addClassCleanup(cls.gateway.__exit__)
        cls.demo = cls.gateway.start()
        cls.client = cls.gateway.client()
        cls.numbers = draw()

    def ask(self, path, header, key):
        status, answer = self.client.json("GET", path, headers={header: key})
        self.assertEqual(status, 200, path)
        return answer

    def test_it_is_the_same_version(self):
        self.assertEqual(phonenumbers.__version__, load(ROOT / "tools/number_prefixes").VERSION)

    def test_20000_numbers_are_described_as_the_oracle_does(self):
        self.assertEqual(len(set(self.numbers)), NUMBERS)
        token = "Bearer " + self.demo["admin_token"]
        different, told = [], []
        for number in self.numbers:
            answer = self.ask(f"/parley/v1/numbers/+{number}", "Authorization", token)
            told.append(answer)
            right = expected(number)
            if answer != right and number not in DIFFERENT:
                different.append((number, {name: (answer[name], right[name]) for name in right
                                           if answer.get(name) != right[name]}))
        # That the numbers are worth asking about: all countries, types and most of what there is.
        valid = [answer for answer in told if answer["is_valid"]]
        countries = {answer["country"] for answer in valid} - {None}
        print(f"{len(told)} numbers, {len(valid)} of them valid, of {len(countries)} countries; "
              f"{len({answer['region'] for answer in valid})} region texts, "
              f"{len({answer['carrier'] for answer in valid})} carriers, "
              f"{len({zone for answer in valid for zone in answer['time_zones']})} zones; "
              f"{len(different)} differ")
        self.assertEqual(different[:20], [])
        self.assertGreater(len(valid), NUMBERS // 2)
        self.assertEqual(countries, set(phonenumbers.SUPPORTED_REGIONS))
        self.assertEqual({answer["type"] for answer in told}, set(TYPES.values()))

    def test_check_number_tells_the_same(self):
        key = self.demo["twochat"]["api_key"]
        mine = urllib.parse.quote(self.demo["twochat"]["number"])
        for number in self.numbers[::100]:
            answer = self.ask(f"/open/whatsapp/check-number/{mine}/+{number}", "X-User-API-Key", key)
            right = expected(number)
            self.assertEqual(answer["is_valid"], right["is_possible"] or answer["on_whatsapp"], number)
            self.assertEqual(answer["number"], {
                "iso_country_code": right["country"] or "", "region": right["region"] or "",
                "carrier": right["carrier"] or "", "timezone": right["time_zones"]}, number)


if __name__ == "__main__":
    BINARY = os.path.abspath(sys.argv.pop(1))
    unittest.main()
