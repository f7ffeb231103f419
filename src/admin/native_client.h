// What native channels say of themselves to the network, as the admin API tells and takes it.
#pragma once

#include <optional>
#include <string>

#include "base/fields.h"

namespace parley::admin {

// Changes: absent = as it is.
struct NativeClientChange {
  std::optional<std::string> version, browser, os;
  static constexpr auto Fields() {
    using base::Doc;
    using base::MaxLength;
    using base::Optional;
    using C = NativeClientChange;
    return base::FieldList(
        Optional("version", &C::version, MaxLength(40),
                 Doc("Of the network's web client, as in 2.3000.1045649367")),
        Optional("browser", &C::browser, MaxLength(40),
                 Doc("Chrome, Edge, Firefox, Opera, Safari or Desktop")),
        Optional("os", &C::os, MaxLength(100), Doc("As the phone's list of devices shows it")));
  }
};

struct NativeClientView {
  std::string version, browser, os;
  static constexpr auto Fields() {
    using base::Required;
    using V = NativeClientView;
    return base::FieldList(Required("version", &V::version), Required("browser", &V::browser),
                           Required("os", &V::os));
  }
};

}  // namespace parley::admin
