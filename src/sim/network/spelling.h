// Numbers that people dial in another way than the network knows them: with or without the 1 after
// Mexico's 52, the 9 after Argentina's 54, and the ninth digit of Brazilian mobile numbers.
#pragma once

#include <string>
#include <string_view>

namespace parley::sim::network {

// "" when there is only one way.
std::string OtherSpelling(std::string_view number);

}  // namespace parley::sim::network
