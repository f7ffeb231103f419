// The bodies of the admin API: what it takes and what it answers. Ids are UUIDs; times are
// "2027-01-15T08:00:00.000Z"; a value that is not there is null. Here stands what all of them need
// and how errors look; those of a topic stand in the topic's own header.
#pragma once

#include <string>
#include <vector>

#include "base/fields.h"

namespace parley::admin {

using base::Doc;
using base::FieldList;
using base::MaxLength;
using base::MinLength;
using base::NullWhenAbsent;
using base::OneOf;
using base::Optional;
using base::Range;
using base::Required;

// A value that is JSON already.
struct RawJson {
  std::string text;
};
inline void AppendJsonForm(std::string& out, const RawJson& raw) { out += raw.text; }
inline bool ReadJsonForm(const base::json::value&, RawJson&) { return false; }  // only ever told

struct Fault {
  std::string path, text;
  static constexpr auto Fields() {
    return FieldList(Required("path", &Fault::path, Doc("\"settings.typing\", \"items[2]\"")),
                     Required("text", &Fault::text));
  }
};

struct ErrorBody {
  std::string code, message;
  std::vector<Fault> faults;
  static constexpr auto Fields() {
    return FieldList(Required("code", &ErrorBody::code, Doc("Stable, snake_case")),
                     Required("message", &ErrorBody::message),
                     Required("faults", &ErrorBody::faults, Doc("Every faulty field")));
  }
};

struct ErrorReply {
  ErrorBody error;
  static constexpr auto Fields() { return FieldList(Required("error", &ErrorReply::error)); }
};

}  // namespace parley::admin
