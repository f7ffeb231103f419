// Reads the vectors of this folder. Tests run in the project's folder.
#pragma once

#include <boost/json.hpp>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include "base/encoding.h"

namespace parley::vectors {

inline boost::json::value Load(const std::string& name) {
  std::ifstream file("tests/vectors/" + name + ".json", std::ios::binary);
  if (!file) std::abort();  // a test that finds no vectors has tested nothing
  return boost::json::parse(
      std::string(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()));
}

// The bytes of a member in hexadecimal.
inline std::string Bytes(const boost::json::object& object, std::string_view name) {
  return base::FromHexText(std::string_view(object.at(name).as_string())).value();
}
inline std::string Bytes(const boost::json::value& object, std::string_view name) {
  return Bytes(object.as_object(), name);
}

}  // namespace parley::vectors
