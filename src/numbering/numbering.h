// Phone-number facts.
//
// Parsing, validity, type, formats and country are Google's libphonenumber (8.12.57 in Debian 12,
// Apache-2.0). Its C++ library has neither carriers nor time zones, and its geocoder brings 17 MB
// for all languages: those prefixes are tables of our own (prefix_table.h), made of the data of the
// same version. Region text, carrier and zones follow the rules of the library's geocoder and
// mappers word for word; tests/numbering_test.py compares 20,000 numbers of all countries with
// Debian's python3-phonenumbers.
#pragma once

#include <memory>

#include "core/numbers.h"

namespace parley::numbering {

// Thread: any. The library's metadata is loaded at the first question (about 2 MB, 10 ms); patterns
// of a country are compiled when a number of it is asked about first, and kept: 12 MB once all have
// been. Parsing and formatting take some 10 µs each, the tables less than 1 µs; country and
// international form of up to 8,192 numbers are kept (about a megabyte).
std::unique_ptr<core::NumberFacts> MakeNumberFacts();

}  // namespace parley::numbering
