// Comparing what came with what a scenario expects.
//
// An expected object lists the members that must be there; more may come. Lists must have as many
// items. A string "{any}" matches anything, "{any:name}" too and remembers it; "{name}" stands for
// what was remembered, also inside longer strings. A member whose expected value is "{absent}" must
// not be there; an expected null is a null that is there.
#pragma once

#include <map>
#include <string>

#include "base/json.h"

namespace parley::testing {

class Bindings {
 public:
  // Replaces {name} by what is known; leaves {any...} and unknown names alone.
  std::string Fill(std::string text) const;
  void Set(const std::string& name, std::string value) { values_[name] = std::move(value); }
  const std::string* Find(const std::string& name) const;

 private:
  std::map<std::string, std::string> values_;
};

// Empty when it matches; else a sentence with the path of the first difference.
std::string Difference(const base::json::value& expected, const base::json::value& actual,
                       Bindings& bindings, const std::string& path = "");

}  // namespace parley::testing
