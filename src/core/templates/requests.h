// What is asked of a link about templates and the shop (core/channels/requests.h). Links of numbers
// that are no business answer kNotSupported.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/contacts/requests.h"
#include "core/templates/template.h"

namespace parley::core {

struct ListTemplates {
  using Answer = std::vector<Template>;
};
// kInvalidFields with paths in `components`; kAlreadyExists; kInvalidState for a name that was
// removed lately.
struct CreateTemplate {
  using Answer = Template;
  std::string name, language;
  TemplateCategory category = TemplateCategory::kUtility;
  base::json::value components;
};
// In all languages; kNotFound.
struct RemoveTemplate {
  using Answer = Done;
  std::string name;
};

struct CommerceSettings {
  std::string id;
  bool is_cart_enabled = true;
  bool is_catalog_visible = true;
};
struct GetCommerce {
  using Answer = CommerceSettings;
};
struct SetCommerce {
  using Answer = Done;
  bool is_cart_enabled = true;
  bool is_catalog_visible = true;
};

}  // namespace parley::core
