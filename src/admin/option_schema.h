// The body of GET /node/options.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "admin/schema.h"

namespace parley::admin {

struct OptionView {
  std::string name;
  std::optional<std::string> value;
  std::string default_value, source, help;
  bool secret = false;
  static constexpr auto Fields() {
    using V = OptionView;
    return FieldList(Required("name", &V::name),
                     Optional("value", &V::value, NullWhenAbsent(),
                              Doc("As a configuration file has it; null for a secret")),
                     Required("default", &V::default_value),
                     Required("source", &V::source, Doc("default, file, environment or flag")),
                     Required("help", &V::help), Required("secret", &V::secret));
  }
};

struct OptionList {
  std::vector<OptionView> options;
  static constexpr auto Fields() { return FieldList(Required("options", &OptionList::options)); }
};

}  // namespace parley::admin
