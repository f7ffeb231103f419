// What it takes to look up a phone number: the three prefix tables, and beside them the library
// that parses it. Numbers are drawn over all prefixes with a fixed seed. Prints one JSON object
// with nanoseconds each.
//
//   numbers ROUNDS
#include <time.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include "numbering/numbering.h"
#include "numbering/prefix_table.h"

namespace parley::benchmarks {
namespace {

constexpr std::size_t kNumbers = 20'000;
constexpr std::size_t kDigits = 12;

// The first number of a range of the table, and random digits behind it.
std::vector<std::string> Draw(const numbering::PrefixTable& table) {
  std::mt19937_64 chance(1);
  std::vector<std::string> numbers;
  while (numbers.size() < kNumbers) {
    std::string digits;
    std::uint32_t divisor = 214'358'881;  // 11^8
    for (std::uint32_t key = table.starts[chance() % table.starts.size()]; divisor > 0;
         divisor /= 11) {
      const std::uint32_t digit = key / divisor % 11;
      if (digit == 0) break;
      digits += static_cast<char>('0' + digit - 1);
    }
    while (digits.size() < kDigits) digits += static_cast<char>('0' + chance() % 10);
    numbers.push_back(std::move(digits));
  }
  return numbers;
}

// Of processor time: what else runs on the machine counts less.
double Nanoseconds() {
  timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e9 + static_cast<double>(now.tv_nsec);
}

// Nanoseconds of a call, the middle one of the rounds. `sum` keeps the compiler from leaving it
// out.
template <class F>
double Measure(int rounds, const std::vector<std::string>& numbers, std::size_t& sum, F&& look_up) {
  std::vector<double> each;
  for (int round = 0; round < rounds; ++round) {
    const double began = Nanoseconds();
    for (const std::string& number : numbers) sum += look_up(number).size();
    each.push_back((Nanoseconds() - began) / static_cast<double>(numbers.size()));
  }
  std::nth_element(each.begin(), each.begin() + rounds / 2, each.end());
  return each[static_cast<std::size_t>(rounds / 2)];
}

int Run(int rounds) {
  const numbering::NumberPrefixes& prefixes = numbering::EmbeddedPrefixes();
  const auto facts = numbering::MakeNumberFacts();
  const std::vector<std::string> numbers = Draw(prefixes.regions);
  std::size_t sum = 0;
  // Once before it is measured: pages are mapped, patterns compiled.
  for (const std::string& number : numbers) sum += facts->Describe(number).region.size();
  const double region =
      Measure(rounds, numbers, sum, [&](const std::string& n) { return prefixes.regions.Find(n); });
  const double carrier = Measure(rounds, numbers, sum,
                                 [&](const std::string& n) { return prefixes.carriers.Find(n); });
  const double zones =
      Measure(rounds, numbers, sum, [&](const std::string& n) { return prefixes.zones.Find(n); });
  const double format = Measure(
      rounds, numbers, sum, [&](const std::string& n) { return facts->FormatInternational(n); });
  const double country =
      Measure(rounds, numbers, sum, [&](const std::string& n) { return facts->CountryOf(n); });
  const double all = Measure(rounds, numbers, sum,
                             [&](const std::string& n) { return facts->Describe(n).region; });
  std::printf(
      "{\"region\": %.0f, \"carrier\": %.0f, \"zones\": %.0f, \"format\": %.0f, \"country\": %.0f, "
      "\"all\": %.0f, \"sum\": %zu}\n",
      region, carrier, zones, format, country, all, sum);
  return 0;
}

}  // namespace
}  // namespace parley::benchmarks

int main(int argc, char** argv) {
  const int rounds = argc > 1 ? std::atoi(argv[1]) : 0;
  if (rounds < 1) return std::fprintf(stderr, "numbers ROUNDS\n"), 2;
  return parley::benchmarks::Run(rounds);
}
