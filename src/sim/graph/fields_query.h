// The `fields` of a request: "id,name,throughput{level},analytics.start(1).end(2)"
// (developers.facebook.com/docs/graph-api/guides/field-expansion).
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/graph/error.h"

namespace parley::sim::graph {

inline constexpr std::size_t kMaxFieldsText = 4096;  // bytes
inline constexpr std::size_t kMaxFields = 100;

struct AskedField {
  std::string name;
  std::vector<std::pair<std::string, std::string>> arguments;  // of ".name(value)"
};

// What stands in braces is passed over. 2500 for what is not of this form.
Outcome<std::vector<AskedField>> ReadFields(std::string_view text);

// The members of `all` that are asked for, and its id; those named in `defaults` without any. 100
// for a name that is not in it.
Outcome<base::json::object> Select(const base::json::object& all,
                                   const std::vector<AskedField>& asked, std::string_view defaults,
                                   std::string_view node_type);

}  // namespace parley::sim::graph
