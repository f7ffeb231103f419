// A structure declared once: its fields by name, with what is required and how long it may be.
// The declaration decodes JSON and reports every faulty field with its path, encodes back, and
// describes itself for OpenAPI.
//
//   struct SendText {
//     std::string to;
//     std::optional<std::string> text;
//     static constexpr auto Fields() {
//       return FieldList(Required("to", &SendText::to, MaxLength(200), "Recipient"),
//                        Optional("text", &SendText::text, MaxLength(4096), "Message text"));
//     }
//   };
//   PARLEY_TRY(body, Decode<SendText>(value, rules));
//
// Members may be: std::string, bool, std::int64_t, double, json::value (taken as it comes), Time
// (as Unix milliseconds), a Strong of one of these, a type with text form (ToText and Parse, like
// Uuid), an enum with names (NameOf and ParseName found beside it), a type with its own JSON form
// (AppendJsonForm and ReadJsonForm found beside it), another structure with Fields(), and
// std::optional or std::vector of these.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "base/strong.h"
#include "base/time.h"

namespace parley::base {

// What a field demands beyond its type. Lengths are code points of a string or items of a list.
struct FieldSpec {
  std::string_view name;
  std::string_view doc;
  bool required = false;
  std::size_t min_length = 0;
  std::size_t max_length = 0;  // 0 = the decoder's default of 65536
  std::int64_t min = std::numeric_limits<std::int64_t>::min();
  std::int64_t max = std::numeric_limits<std::int64_t>::max();
  const std::string_view* one_of = nullptr;  // allowed values of a string
  std::size_t one_of_count = 0;
  std::string_view aliases[3] = {};  // other names accepted on input, in order
  bool null_when_absent = false;     // encode an absent optional as null instead of leaving it out
};

// Parts of a declaration, each changing one thing of the FieldSpec.
struct MinLength {
  std::size_t value;
  constexpr explicit MinLength(std::size_t value) : value(value) {}
  constexpr void operator()(FieldSpec& spec) const { spec.min_length = value; }
};
struct MaxLength {
  std::size_t value;
  constexpr explicit MaxLength(std::size_t value) : value(value) {}
  constexpr void operator()(FieldSpec& spec) const { spec.max_length = value; }
};
struct Range {
  std::int64_t min, max;
  constexpr Range(std::int64_t min, std::int64_t max) : min(min), max(max) {}
  constexpr void operator()(FieldSpec& spec) const {
    spec.min = min;
    spec.max = max;
  }
};
template <std::size_t N>
struct OneOf {
  const std::string_view* values;
  constexpr explicit OneOf(const std::string_view (&values)[N]) : values(values) {}
  constexpr void operator()(FieldSpec& spec) const {
    spec.one_of = values;
    spec.one_of_count = N;
  }
};
struct Alias {
  std::string_view name;
  constexpr explicit Alias(std::string_view name) : name(name) {}
  constexpr void operator()(FieldSpec& spec) const {
    for (std::string_view& slot : spec.aliases) {
      if (!slot.empty()) continue;
      slot = name;
      return;
    }
  }
};
struct NullWhenAbsent {
  constexpr void operator()(FieldSpec& spec) const { spec.null_when_absent = true; }
};
struct Doc {
  std::string_view text;
  constexpr explicit Doc(std::string_view text) : text(text) {}
  constexpr void operator()(FieldSpec& spec) const { spec.doc = text; }
};

template <class T, class M>
struct Field {
  FieldSpec spec;
  M T::*member;
};

template <class T, class M, class... Parts>
constexpr Field<T, M> Optional(std::string_view name, M T::*member, Parts... parts) {
  Field<T, M> field{FieldSpec{}, member};
  field.spec.name = name;
  (parts(field.spec), ...);
  return field;
}

template <class T, class M, class... Parts>
constexpr Field<T, M> Required(std::string_view name, M T::*member, Parts... parts) {
  Field<T, M> field = Optional(name, member, parts...);
  field.spec.required = true;
  return field;
}

template <class T, class... Ms>
constexpr std::tuple<Field<T, Ms>...> FieldList(Field<T, Ms>... fields) {
  return {fields...};
}

template <class T>
concept HasFields = requires {
  T::Fields();
};

template <class T>
concept HasTextForm = requires(const T& value, std::string_view text) {
  { value.ToText() } -> std::convertible_to<std::string>;
  { T::Parse(text) } -> std::same_as<std::optional<T>>;
};

template <class E>
concept HasNames = std::is_enum_v<E> && requires(E value, std::string_view text) {
  { NameOf(value) } -> std::convertible_to<std::string_view>;
  { ParseName(text, value) } -> std::same_as<bool>;
};

template <class T>
concept HasJsonForm = requires(std::string& out, const T& value, const json::value& from, T& to) {
  AppendJsonForm(out, value);
  { ReadJsonForm(from, to) } -> std::same_as<bool>;
};

// How one dialect reads documents.
struct DecodeRules {
  bool empty_is_absent = false;   // "" counts as not given
  bool text_for_numbers = false;  // "12" where a number or "true" where a boolean is due
  bool numbers_for_text = false;  // 12 where a string is due
  bool json_in_text = false;      // "[...]" where a list or object is due (form bodies)
};

// --------------------------------------------------------------------------------- decoding

// Which names an object may have. Most fields that a structure declares are absent from an object:
// each of those costs a bit, not a search.
class NameSet {
 public:
  explicit NameSet(const json::object& object) {
    for (const json::key_value_pair& member : object) bits_ |= BitOf(member.key());
  }
  bool may_have(std::string_view name) const { return (bits_ & BitOf(name)) != 0; }

 private:
  static std::uint64_t BitOf(std::string_view name) {
    const unsigned first = name.empty() ? 0 : static_cast<unsigned char>(name.front());
    return std::uint64_t{1} << ((7 * name.size() + first) % 64);
  }
  std::uint64_t bits_ = 0;
};

// Collects faults while it walks; the typed part below calls it. Paths look like "a.b[2].c".
class Decoder {
 public:
  explicit Decoder(const DecodeRules& rules) : rules_(rules) {}

  void ReadText(const json::value& value, const FieldSpec& spec, std::string& out);
  void ReadBool(const json::value& value, const FieldSpec& spec, bool& out);
  void ReadInteger(const json::value& value, const FieldSpec& spec, std::int64_t& out);
  void ReadNumber(const json::value& value, const FieldSpec& spec, double& out);

  // The member under its name or an alias, or nullptr when it is absent by these rules.
  const json::value* Member(const json::object& object, const NameSet& names,
                            const FieldSpec& spec) const;
  // The value as an object (or array); nullptr after noting a fault. `parsed` keeps a document
  // that came as text alive.
  const json::object* AsObject(const json::value& value, json::value& parsed);
  const json::array* AsArray(const json::value& value, const FieldSpec& spec, json::value& parsed);

  void Fault(std::string text);
  void Missing() { Fault("Required"); }
  std::size_t EnterName(std::string_view name);
  std::size_t EnterIndex(std::size_t index);
  void Leave(std::size_t length) { path_.resize(length); }

  std::vector<FieldFault>& faults() { return faults_; }

 private:
  const DecodeRules& rules_;
  std::string path_;
  std::vector<FieldFault> faults_;
};

namespace fields_detail {

template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};
template <class T>
struct IsVector : std::false_type {};
template <class T>
struct IsVector<std::vector<T>> : std::true_type {};

template <class T>
struct IsStrong : std::false_type {};
template <class Tag, class T>
struct IsStrong<Strong<Tag, T>> : std::true_type {};

template <class T>
void ReadStruct(Decoder& decoder, const json::object& object, T& out);

template <class M>
void ReadValue(Decoder& decoder, const json::value& value, const FieldSpec& spec, M& out) {
  if constexpr (std::is_same_v<M, std::string>) {
    decoder.ReadText(value, spec, out);
  } else if constexpr (std::is_same_v<M, bool>) {
    decoder.ReadBool(value, spec, out);
  } else if constexpr (std::is_same_v<M, std::int64_t>) {
    decoder.ReadInteger(value, spec, out);
  } else if constexpr (std::is_same_v<M, double>) {
    decoder.ReadNumber(value, spec, out);
  } else if constexpr (std::is_same_v<M, json::value>) {
    out = json::value(value, json::storage_ptr());
  } else if constexpr (std::is_same_v<M, Time>) {
    std::int64_t ms = 0;
    decoder.ReadInteger(value, spec, ms);
    out = FromUnixMs(ms);
  } else if constexpr (IsStrong<M>::value) {
    ReadValue(decoder, value, spec, out.value);
  } else if constexpr (HasTextForm<M>) {
    std::string text;
    decoder.ReadText(value, spec, text);
    if (auto parsed = M::Parse(text))
      out = *parsed;
    else
      decoder.Fault("Malformed id");
  } else if constexpr (HasJsonForm<M>) {
    if (!ReadJsonForm(value, out)) decoder.Fault("Malformed");
  } else if constexpr (HasNames<M>) {
    std::string text;
    decoder.ReadText(value, spec, text);
    if (!ParseName(text, out)) decoder.Fault("Invalid value");
  } else if constexpr (IsOptional<M>::value) {
    ReadValue(decoder, value, spec, out.emplace());
  } else if constexpr (IsVector<M>::value) {
    json::value parsed;
    const json::array* items = decoder.AsArray(value, spec, parsed);
    if (items == nullptr) return;
    FieldSpec item_spec;
    item_spec.one_of = spec.one_of;
    item_spec.one_of_count = spec.one_of_count;
    for (std::size_t i = 0; i < items->size(); ++i) {
      const std::size_t length = decoder.EnterIndex(i);
      ReadValue(decoder, (*items)[i], item_spec, out.emplace_back());
      decoder.Leave(length);
    }
  } else {
    static_assert(HasFields<M>, "this member type cannot be decoded");
    json::value parsed;
    if (const json::object* object = decoder.AsObject(value, parsed))
      ReadStruct(decoder, *object, out);
  }
}

template <class T, class M>
void ReadField(Decoder& decoder, const json::object& object, const NameSet& names,
               const Field<T, M>& field, T& out) {
  const json::value* value = decoder.Member(object, names, field.spec);
  if (value == nullptr && !field.spec.required) return;
  const std::size_t length = decoder.EnterName(field.spec.name);
  if (value == nullptr)
    decoder.Missing();
  else
    ReadValue(decoder, *value, field.spec, out.*field.member);
  decoder.Leave(length);
}

template <class T>
void ReadStruct(Decoder& decoder, const json::object& object, T& out) {
  static constexpr auto kFields = T::Fields();
  const NameSet names(object);
  std::apply([&](const auto&... field) { (ReadField(decoder, object, names, field, out), ...); },
             kFields);
}

}  // namespace fields_detail

// The structure, or kInvalidFields with every fault. Unknown members are ignored.
template <HasFields T>
Result<T> Decode(const json::value& value, const DecodeRules& rules = {}) {
  Decoder decoder(rules);
  T out;
  json::value parsed;
  if (const json::object* object = decoder.AsObject(value, parsed))
    fields_detail::ReadStruct(decoder, *object, out);
  if (decoder.faults().empty()) return out;
  Error error(ErrorCode::kInvalidFields);
  error.faults = std::move(decoder.faults());
  return error;
}

// The same from text; a document that is not JSON is kMalformedBody.
template <HasFields T>
Result<T> DecodeText(std::string_view text, const DecodeRules& rules = {}) {
  unsigned char buffer[8192];
  json::monotonic_resource arena(buffer);
  PARLEY_TRY(value, ParseJson(text, &arena));
  return Decode<T>(value, rules);
}

// --------------------------------------------------------------------------------- encoding

// Appends one value in JSON.
void AppendText(std::string& out, std::string_view text);
// The name of an object's next member, with what stands before and after it. The name is a
// declared one, which has nothing to escape.
void AppendName(std::string& out, std::string_view name);
void AppendInteger(std::string& out, std::int64_t number);
void AppendNumber(std::string& out, double number);

template <HasFields T>
void AppendJson(std::string& out, const T& value);

namespace fields_detail {

template <class M>
void AppendValue(std::string& out, const M& value) {
  if constexpr (std::is_same_v<M, std::string>) {
    AppendText(out, value);
  } else if constexpr (std::is_same_v<M, bool>) {
    out += value ? "true" : "false";
  } else if constexpr (std::is_same_v<M, std::int64_t>) {
    AppendInteger(out, value);
  } else if constexpr (std::is_same_v<M, double>) {
    AppendNumber(out, value);
  } else if constexpr (std::is_same_v<M, json::value>) {
    out += ToText(value);
  } else if constexpr (std::is_same_v<M, Time>) {
    AppendInteger(out, ToUnixMs(value));
  } else if constexpr (IsStrong<M>::value) {
    AppendValue(out, value.value);
  } else if constexpr (HasTextForm<M>) {
    AppendText(out, value.ToText());
  } else if constexpr (HasJsonForm<M>) {
    AppendJsonForm(out, value);
  } else if constexpr (HasNames<M>) {
    AppendText(out, NameOf(value));
  } else if constexpr (IsOptional<M>::value) {
    if (value)
      AppendValue(out, *value);
    else
      out += "null";
  } else if constexpr (IsVector<M>::value) {
    out += '[';
    for (std::size_t i = 0; i < value.size(); ++i) {
      if (i > 0) out += ',';
      AppendValue(out, value[i]);
    }
    out += ']';
  } else {
    AppendJson(out, value);
  }
}

template <class T, class M>
void AppendField(std::string& out, const Field<T, M>& field, const T& object) {
  const M& value = object.*field.member;
  if constexpr (IsOptional<M>::value)
    if (!value && !field.spec.null_when_absent) return;
  AppendName(out, field.spec.name);
  AppendValue(out, value);
}

}  // namespace fields_detail

template <HasFields T>
void AppendJson(std::string& out, const T& value) {
  static constexpr auto kFields = T::Fields();
  out += '{';
  std::apply([&](const auto&... field) { (fields_detail::AppendField(out, field, value), ...); },
             kFields);
  out += '}';
}

template <HasFields T>
std::string EncodeText(const T& value) {
  std::string out;
  AppendJson(out, value);
  return out;
}

// ------------------------------------------------------------------------------- describing

// The JSON Schema of a structure, for OpenAPI.
json::object DescribeText(const FieldSpec& spec);
json::object DescribeInteger(const FieldSpec& spec);

namespace fields_detail {

template <class M>
json::object DescribeValue(const FieldSpec& spec);

template <class T>
json::object DescribeStruct() {
  json::object properties;
  json::array required;
  const auto add = [&](const auto& field) {
    using M = std::remove_cvref_t<decltype(std::declval<T&>().*field.member)>;
    json::object schema = DescribeValue<M>(field.spec);
    if (!field.spec.doc.empty()) schema["description"] = JsonView(field.spec.doc);
    properties[JsonView(field.spec.name)] = std::move(schema);
    if (field.spec.required) required.push_back(json::string(JsonView(field.spec.name)));
  };
  std::apply([&](const auto&... field) { (add(field), ...); }, T::Fields());
  json::object schema;
  schema["type"] = "object";
  schema["properties"] = std::move(properties);
  if (!required.empty()) schema["required"] = std::move(required);
  return schema;
}

template <class M>
json::object DescribeValue(const FieldSpec& spec) {
  if constexpr (std::is_same_v<M, std::string>) {
    return DescribeText(spec);
  } else if constexpr (std::is_same_v<M, std::int64_t> || std::is_same_v<M, Time>) {
    return DescribeInteger(spec);
  } else if constexpr (IsStrong<M>::value) {
    return DescribeValue<decltype(M::value)>(spec);
  } else if constexpr (HasTextForm<M> || HasNames<M>) {
    return DescribeText(spec);
  } else if constexpr (std::is_same_v<M, bool>) {
    json::object schema;
    schema["type"] = "boolean";
    return schema;
  } else if constexpr (std::is_same_v<M, double>) {
    json::object schema;
    schema["type"] = "number";
    return schema;
  } else if constexpr (std::is_same_v<M, json::value> || HasJsonForm<M>) {
    return json::object();
  } else if constexpr (IsOptional<M>::value) {
    return DescribeValue<typename M::value_type>(spec);
  } else if constexpr (IsVector<M>::value) {
    json::object schema;
    schema["type"] = "array";
    schema["items"] = DescribeValue<typename M::value_type>(FieldSpec{});
    if (spec.max_length > 0) schema["maxItems"] = spec.max_length;
    return schema;
  } else {
    return DescribeStruct<M>();
  }
}

}  // namespace fields_detail

template <HasFields T>
json::object Describe() {
  return fields_detail::DescribeStruct<T>();
}

}  // namespace parley::base
