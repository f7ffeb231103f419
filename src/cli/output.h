// What a command prints: tables and cards for people, JSON lines for programs.
#pragma once

#include <iosfwd>
#include <span>
#include <string_view>

#include "base/json.h"
#include "base/result.h"

namespace parley::cli {

struct Column {
  std::string_view title;
  std::string_view member;  // of each object; "settings.typing" reaches into one
};

// Values from outside are shown without control characters, so that no name can steer the terminal.
class Output {
 public:
  Output(bool json, std::ostream& out, std::ostream& errors)
      : json_(json), out_(out), errors_(errors) {}

  bool json() const { return json_; }

  // One line of JSON, whatever the form.
  void Json(const base::json::value& value);
  // One row per object; in JSON the array.
  void Table(std::span<const Column> columns, const base::json::array& rows);
  // Every member on its line, inner ones as "settings.typing".
  void Card(const base::json::object& object);
  // A sentence for people; nothing in JSON form.
  void Line(std::string_view text);
  // To standard error, in both forms.
  void Note(std::string_view text);
  void Failure(const base::Error& error);
  // A fault in how the command was called; returns its exit code.
  int Usage(std::string_view text);

 private:
  const bool json_;
  std::ostream& out_;
  std::ostream& errors_;
};

}  // namespace parley::cli
