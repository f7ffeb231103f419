// What a business has set for its shop on WhatsApp.
#pragma once

#include <string>
#include <string_view>

#include "base/fields.h"

namespace parley::sim::network {

struct Commerce {
  bool is_cart_enabled = true;
  bool is_catalog_visible = true;

  static constexpr auto Fields() {
    return base::FieldList(base::Required("is_cart_enabled", &Commerce::is_cart_enabled),
                           base::Required("is_catalog_visible", &Commerce::is_catalog_visible));
  }
  bool operator==(const Commerce&) const = default;
};

// Notice: `owner` has set it like this.
struct CommerceChanged {
  std::string owner;
  Commerce commerce;

  static constexpr std::string_view kName = "commerce";
  static constexpr auto Fields() {
    return base::FieldList(base::Required("owner", &CommerceChanged::owner),
                           base::Required("commerce", &CommerceChanged::commerce));
  }
  bool operator==(const CommerceChanged&) const = default;
};

}  // namespace parley::sim::network
