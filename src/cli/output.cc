#include "cli/output.h"

#include <algorithm>
#include <ostream>
#include <string>
#include <vector>

namespace parley::cli {
namespace {

namespace json = base::json;

constexpr std::size_t kMaxCell = 60;  // characters; longer cells of a table are cut

std::string Visible(std::string_view text) {
  std::string shown(text);
  for (char& c : shown)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
  return shown;
}

std::string CellText(const json::value& value) {
  if (value.is_null()) return "-";
  if (value.is_bool()) return value.get_bool() ? "yes" : "no";
  if (value.is_string()) {
    const json::string& text = value.get_string();
    return text.empty() ? "-" : Visible(std::string_view(text.data(), text.size()));
  }
  if (value.is_array() && value.get_array().empty()) return "-";
  return Visible(base::ToText(value));
}

const json::value* FindInner(const json::object& object, std::string_view path) {
  const std::size_t dot = path.find('.');
  const json::value* found = base::Find(object, path.substr(0, dot));
  if (dot == std::string_view::npos || found == nullptr || !found->is_object()) return found;
  return FindInner(found->get_object(), path.substr(dot + 1));
}

bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

std::size_t Width(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return !IsContinuation(c); }));
}

std::string Cut(std::string text) {
  if (Width(text) <= kMaxCell) return text;
  std::size_t end = 0;
  for (std::size_t width = 0; width < kMaxCell - 3; ++width) {
    ++end;
    while (IsContinuation(text[end])) ++end;
  }
  return text.substr(0, end) + "...";
}

void AddMembers(const std::string& prefix, const json::object& object,
                std::vector<std::pair<std::string, std::string>>& lines) {
  for (const auto& member : object) {
    const std::string name(member.key().data(), member.key().size());
    if (member.value().is_object())
      AddMembers(prefix + name + ".", member.value().get_object(), lines);
    else
      lines.emplace_back(prefix + name, CellText(member.value()));
  }
}

}  // namespace

void Output::Json(const json::value& value) { out_ << base::ToText(value) << std::endl; }

void Output::Table(std::span<const Column> columns, const json::array& rows) {
  if (json_) return Json(rows);
  std::vector<std::vector<std::string>> cells(1);
  for (const Column& column : columns) cells[0].emplace_back(column.title);
  for (const json::value& row : rows) {
    if (!row.is_object()) continue;
    std::vector<std::string> line;
    for (const Column& column : columns) {
      const json::value* found = FindInner(row.get_object(), column.member);
      line.push_back(found == nullptr ? "-" : Cut(CellText(*found)));
    }
    cells.push_back(std::move(line));
  }
  std::vector<std::size_t> widths(columns.size());
  for (const auto& line : cells)
    for (std::size_t i = 0; i < line.size(); ++i) widths[i] = std::max(widths[i], Width(line[i]));
  for (const auto& line : cells) {
    for (std::size_t i = 0; i < line.size(); ++i) {
      out_ << line[i];
      if (i + 1 < line.size()) out_ << std::string(widths[i] - Width(line[i]) + 2, ' ');
    }
    out_ << '\n';
  }
  out_.flush();
}

void Output::Card(const json::object& object) {
  if (json_) return Json(object);
  std::vector<std::pair<std::string, std::string>> lines;
  AddMembers("", object, lines);
  std::size_t width = 0;
  for (const auto& [name, value] : lines) width = std::max(width, Width(name));
  for (const auto& [name, value] : lines)
    out_ << name << std::string(width - Width(name) + 2, ' ') << value << '\n';
  out_.flush();
}

void Output::Line(std::string_view text) {
  if (!json_) out_ << text << std::endl;
}

void Output::Note(std::string_view text) { errors_ << "parley: " << text << std::endl; }

void Output::Failure(const base::Error& error) {
  Note(Visible(error.public_text()));
  for (const base::FieldFault& fault : error.faults)
    errors_ << "  " << Visible(fault.path) << ": " << Visible(fault.text) << '\n';
  if (!error.detail.empty()) Note(Visible(error.detail));
}

int Output::Usage(std::string_view text) {
  Note(text);
  return 2;
}

}  // namespace parley::cli
