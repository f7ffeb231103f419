// Lists as Graph pages them: {"data": [...], "paging": {"cursors": {"before", "after"}, "next"}}
// (developers.facebook.com/docs/graph-api/results).
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "sim/graph/call.h"

namespace parley::sim::graph {

inline constexpr std::size_t kDefaultPage = 25, kMaxPageRows = 1000;

// A row, and the key by which the list is in order.
using KeyedRow = std::pair<std::string, base::json::object>;

// The page that `limit`, `after` and `before` of the query ask for. 100 for a cursor or a limit
// that is none.
Answer PageOf(const Call& call, std::vector<KeyedRow> rows);

}  // namespace parley::sim::graph
