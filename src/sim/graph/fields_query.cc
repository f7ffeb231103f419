#include "sim/graph/fields_query.h"

#include <fmt/format.h>

#include <algorithm>

namespace parley::sim::graph {
namespace {

bool IsNameChar(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// Goes through the text.
class FieldsReader {
 public:
  explicit FieldsReader(std::string_view text) : text_(text) {}

  bool at_end() const { return at_ >= text_.size(); }
  bool Skip(char c) {
    if (at_end() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  std::string Name() {
    const std::size_t start = at_;
    while (!at_end() && IsNameChar(text_[at_])) ++at_;
    return std::string(text_.substr(start, at_ - start));
  }
  // Up to the closing one that belongs to an opening one which was skipped; false: it has none.
  bool Inside(char open, char close, std::string& out) {
    const std::size_t start = at_;
    int depth = 1;
    for (; !at_end(); ++at_) {
      if (text_[at_] == open) ++depth;
      if (text_[at_] == close && --depth == 0) {
        out = text_.substr(start, at_ - start);
        ++at_;
        return true;
      }
    }
    return false;
  }

 private:
  const std::string_view text_;
  std::size_t at_ = 0;
};

GraphError NotFields(std::string_view text) {
  GraphError error{kUnknownPath};
  error.message =
      fmt::format("Syntax error \"Expected name instead of '{}'.\"", text.substr(0, 40));
  return error;
}

}  // namespace

Outcome<std::vector<AskedField>> ReadFields(std::string_view text) {
  std::vector<AskedField> asked;
  if (text.size() > kMaxFieldsText) return NotFields(text);
  FieldsReader reader(text);
  while (!reader.at_end()) {
    AskedField field;
    field.name = reader.Name();
    if (field.name.empty() || asked.size() >= kMaxFields) return NotFields(text);
    while (reader.Skip('.')) {
      std::pair<std::string, std::string> argument;
      argument.first = reader.Name();
      if (argument.first.empty() || !reader.Skip('(') ||
          !reader.Inside('(', ')', argument.second) || field.arguments.size() >= kMaxFields)
        return NotFields(text);
      field.arguments.push_back(std::move(argument));
    }
    std::string inner;
    if (reader.Skip('{') && !reader.Inside('{', '}', inner)) return NotFields(text);
    asked.push_back(std::move(field));
    if (!reader.at_end() && (!reader.Skip(',') || reader.at_end())) return NotFields(text);
  }
  return asked;
}

Outcome<base::json::object> Select(const base::json::object& all,
                                   const std::vector<AskedField>& asked, std::string_view defaults,
                                   std::string_view node_type) {
  std::vector<AskedField> wanted = asked;
  if (wanted.empty()) {
    auto read = ReadFields(defaults);
    if (!read) return read.error();
    wanted = std::move(*read);
  }
  base::json::object selected;
  for (const AskedField& field : wanted) {
    const base::json::value* member = base::Find(all, field.name);
    if (member == nullptr)
      return InvalidParameter(fmt::format(
          "Tried accessing nonexisting field ({}) on node type ({})", field.name, node_type));
    if (!member->is_null()) selected[base::JsonView(field.name)] = *member;
  }
  if (const base::json::value* id = base::Find(all, "id")) selected["id"] = *id;
  return selected;
}

}  // namespace parley::sim::graph
