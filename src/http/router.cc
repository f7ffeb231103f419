#include "http/router.h"

#include <algorithm>
#include <boost/container/small_vector.hpp>
#include <cstdio>
#include <cstdlib>
#include <unordered_map>

#include "base/encoding.h"
#include "http/forms.h"

namespace parley::http {
namespace {

using Segments = boost::container::small_vector<std::string_view, 16>;

bool IsParameter(std::string_view segment) { return !segment.empty() && segment.front() == '{'; }

// Splits "/a/b" into its segments; false without a '/' in front.
bool Split(std::string_view path, Segments& segments) {
  if (path.empty() || path.front() != '/') return false;
  while (!path.empty() && path.back() == '/') path.remove_suffix(1);
  while (!path.empty()) {
    path.remove_prefix(1);
    const std::size_t end = std::min(path.find('/'), path.size());
    segments.push_back(path.substr(0, end));
    path.remove_prefix(end);
  }
  return true;
}

// Decodes the segments that are encoded into `decoded`; false for a broken escape or bytes that
// are no UTF-8.
bool DecodeSegments(Segments& segments, std::vector<std::string>& decoded) {
  decoded.reserve(segments.size());  // so that views of its strings stay valid
  for (std::string_view& segment : segments) {
    if (segment.find('%') == std::string_view::npos) continue;
    auto text = PercentDecode(segment, false);
    if (!text || !base::IsUtf8(*text)) return false;
    segment = decoded.emplace_back(std::move(*text));
  }
  return true;
}

[[noreturn]] void Die(const RouteSpec& spec, const char* why) {
  std::fprintf(stderr, "fatal: route %s %s: %s\n", std::string(NameOf(spec.method)).c_str(),
               std::string(spec.pattern).c_str(), why);
  std::abort();
}

}  // namespace

// One segment of the patterns.
struct RouteIndex::Node {
  struct Leaf {
    Method method;
    int row;
    std::vector<std::string_view> names;  // of the pattern's parameters, in order
  };

  std::unordered_map<std::string_view, std::unique_ptr<Node>> literals;
  std::unique_ptr<Node> parameter;
  std::vector<Leaf> leaves;  // of the patterns that end here

  const Leaf* Find(Method method) const {
    for (const Leaf& leaf : leaves)
      if (leaf.method == method) return &leaf;
    return method == Method::kHead ? Find(Method::kGet) : nullptr;
  }

  // Walks the segments from `at` on. `values` holds the parameters' segments of the match.
  const Leaf* Match(Method method, const Segments& segments, std::size_t at, Segments& values,
                    Found& found) const {
    if (at == segments.size()) {
      const Leaf* leaf = Find(method);
      if (leaf == nullptr)
        for (const Leaf& other : leaves) found.allowed.push_back(other.method);
      return leaf;
    }
    const auto literal = literals.find(segments[at]);
    if (literal != literals.end())
      if (const Leaf* leaf = literal->second->Match(method, segments, at + 1, values, found))
        return leaf;
    if (parameter == nullptr || segments[at].empty()) return nullptr;
    values.push_back(segments[at]);
    const Leaf* leaf = parameter->Match(method, segments, at + 1, values, found);
    if (leaf == nullptr) values.pop_back();
    return leaf;
  }
};

std::string AllowValue(const std::vector<Method>& allowed) {
  std::string value;
  for (const Method method : allowed) {
    if (!value.empty()) value += ", ";
    value += NameOf(method);
  }
  return value;
}

RouteIndex::RouteIndex() : root_(std::make_unique<Node>()) {}
RouteIndex::~RouteIndex() = default;
RouteIndex::RouteIndex(RouteIndex&&) noexcept = default;

void RouteIndex::Add(const RouteSpec& spec, int row) {
  Segments segments;
  if (!Split(spec.pattern, segments)) Die(spec, "the pattern must start with '/'");
  Node* node = root_.get();
  std::vector<std::string_view> names;
  for (const std::string_view segment : segments) {
    if (!IsParameter(segment)) {
      if (segment.empty()) Die(spec, "the pattern has an empty segment");
      std::unique_ptr<Node>& child = node->literals[segment];
      if (child == nullptr) child = std::make_unique<Node>();
      node = child.get();
      continue;
    }
    if (segment.size() < 3 || segment.back() != '}') Die(spec, "malformed parameter");
    names.push_back(segment.substr(1, segment.size() - 2));
    if (node->parameter == nullptr) node->parameter = std::make_unique<Node>();
    node = node->parameter.get();
  }
  for (const Node::Leaf& leaf : node->leaves)
    if (leaf.method == spec.method) Die(spec, "another row has the same pattern and method");
  node->leaves.push_back(Node::Leaf{spec.method, row, std::move(names)});
}

RouteIndex::Found RouteIndex::Find(Method method, std::string_view path) const {
  Found found;
  Segments segments;
  std::vector<std::string> decoded;
  if (!Split(path, segments)) return found;
  if (path.find('%') != std::string_view::npos && !DecodeSegments(segments, decoded)) return found;
  Segments values;
  const Node::Leaf* leaf = root_->Match(method, segments, 0, values, found);
  found.path_known = leaf == nullptr && !found.allowed.empty();
  if (leaf == nullptr) {
    std::sort(found.allowed.begin(), found.allowed.end());
    found.allowed.erase(std::unique(found.allowed.begin(), found.allowed.end()),
                        found.allowed.end());
    return found;
  }
  found.allowed.clear();
  found.row = leaf->row;
  found.parameters.reserve(values.size());
  for (std::size_t i = 0; i < values.size(); ++i)
    found.parameters.push_back(PathParameter{leaf->names[i], std::string(values[i])});
  return found;
}

}  // namespace parley::http
