#include "admin/body.h"

#include <fmt/format.h>

namespace parley::admin {

void FindUnknown(const base::json::value& value, const base::json::object& schema,
                 const std::string& path, base::Error& faults) {
  if (const base::json::array* items = value.if_array()) {
    const base::json::value* of_items = base::Find(schema, "items");
    for (std::size_t i = 0; of_items != nullptr && i < items->size(); ++i)
      FindUnknown((*items)[i], of_items->get_object(), fmt::format("{}[{}]", path, i), faults);
    return;
  }
  const base::json::object* object = value.if_object();
  const base::json::value* properties = base::Find(schema, "properties");
  if (object == nullptr || properties == nullptr) return;  // a wrong type is a fault already
  for (const auto& member : *object) {
    const std::string_view name(member.key().data(), member.key().size());
    const std::string inner = path.empty() ? std::string(name) : fmt::format("{}.{}", path, name);
    const base::json::value* known = base::Find(properties->get_object(), name);
    if (known == nullptr)
      faults.Absorb(base::FieldError(inner, "Unknown field"));
    else
      FindUnknown(member.value(), known->get_object(), inner, faults);
  }
}

}  // namespace parley::admin
