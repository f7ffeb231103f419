// Routes as tables. A dialect writes its routes as one constexpr array of rows; a row has a
// RouteSpec named `spec` and whatever the dialect adds (its handler, who may call it). The router
// finds the row; OpenAPI and docs/api are printed from the same rows.
//
//   struct Row { http::RouteSpec spec; Handler handler; };
//   constexpr Row kRoutes[] = {{{Method::kGet, "/v1/things/{id}", "Get a thing"}, &GetThing}, ...};
//   const Router<Row> router(kRoutes);
//   auto match = router.Find(request.method, request.path());
//
// Patterns are made of literal segments and {name} segments; {name} takes exactly one non-empty
// segment. A literal beats a {name}. Trailing slashes in a request are ignored; parameters are
// percent-decoded, with "+" meaning itself.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "http/message.h"

namespace parley::http {

inline constexpr std::size_t kDefaultBodyLimit = 1 << 20;

struct QuerySpec {
  std::string_view name;
  std::string_view doc;
  bool required = false;
};

// What one answer looks like, for the documentation.
struct ResponseSpec {
  int status;
  std::string_view doc;
  base::json::object (*schema)() = nullptr;
};

struct RouteSpec {
  Method method;
  std::string_view pattern;
  std::string_view summary;
  base::json::object (*body)() = nullptr;  // JSON Schema of the request body
  std::span<const QuerySpec> query = {};
  std::span<const ResponseSpec> responses = {};
  std::size_t max_body = kDefaultBodyLimit;
};

struct PathParameter {
  std::string_view name;
  std::string value;  // decoded
};

// The value of an Allow header.
std::string AllowValue(const std::vector<Method>& allowed);

// The index behind Router; finds rows by number.
class RouteIndex {
 public:
  struct Found {
    int row = -1;             // -1: no such route
    bool path_known = false;  // the path exists under another method
    std::vector<Method> allowed;
    std::vector<PathParameter> parameters;
  };
  void Add(const RouteSpec& spec, int row);  // a duplicate pattern and method ends the process
  // HEAD finds GET's row.
  Found Find(Method method, std::string_view path) const;

  RouteIndex();
  ~RouteIndex();
  RouteIndex(RouteIndex&&) noexcept;

 private:
  struct Node;
  std::unique_ptr<Node> root_;
};

template <class Row>
class Router {
 public:
  struct Match {
    const Row* row = nullptr;
    bool path_known = false;
    std::vector<Method> allowed;
    std::vector<PathParameter> parameters;

    // The decoded parameter; it must be in the row's pattern.
    const std::string& operator[](std::string_view name) const {
      for (const PathParameter& parameter : parameters)
        if (parameter.name == name) return parameter.value;
      static const std::string empty;
      return empty;
    }
  };

  explicit Router(std::span<const Row> rows) : rows_(rows) {
    for (std::size_t i = 0; i < rows.size(); ++i) index_.Add(rows[i].spec, static_cast<int>(i));
  }

  Match Find(Method method, std::string_view path) const {
    RouteIndex::Found found = index_.Find(method, path);
    Match match;
    match.row = found.row < 0 ? nullptr : &rows_[static_cast<std::size_t>(found.row)];
    match.path_known = found.path_known;
    match.allowed = std::move(found.allowed);
    match.parameters = std::move(found.parameters);
    return match;
  }

  std::span<const Row> rows() const { return rows_; }

 private:
  std::span<const Row> rows_;
  RouteIndex index_;
};

}  // namespace parley::http
