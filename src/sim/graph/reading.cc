#include "sim/graph/reading.h"

namespace parley::sim::graph {

std::string PathInBrackets(std::string_view path) {
  std::string out;
  bool is_first = true;
  while (!path.empty()) {
    const std::size_t end = path.find('.');
    const std::string_view part = path.substr(0, end);
    const std::string_view name = part.substr(0, part.find('['));
    if (is_first)
      out += name;
    else
      out += "['" + std::string(name) + "']";
    out += part.substr(name.size());
    is_first = false;
    path = end == std::string_view::npos ? std::string_view() : path.substr(end + 1);
  }
  return out;
}

GraphError FirstFault(const base::Error& error, std::string_view path) {
  if (error.faults.empty()) return InvalidParameter("Param must be a JSON object.");
  const base::FieldFault& fault = error.faults.front();
  std::string where(path);
  if (!fault.path.empty() && !where.empty() && fault.path.front() != '[') where += '.';
  where = PathInBrackets(where + fault.path);
  if (fault.text == "Required") return InvalidParameter("The parameter " + where + " is required.");
  return InvalidParameter("Param " + where + ": " + fault.text + ".");
}

Outcome<base::json::object> ReadObject(std::string_view body) {
  auto value = base::ParseJson(body);
  if (!value) return InvalidParameter("The request body is not valid JSON.");
  base::json::object* object = value->if_object();
  if (object == nullptr) return InvalidParameter("The request body must be a JSON object.");
  return std::move(*object);
}

}  // namespace parley::sim::graph
