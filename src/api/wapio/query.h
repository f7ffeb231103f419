// Query parameters that several of Wapio's lists share.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

#include "api/wapio/schema.h"
#include "base/result.h"
#include "http/message.h"

namespace parley::api::wapio {

inline constexpr int kDefaultLimit = 50;
inline constexpr int kMaxLimit = 200;

// `limit`, kDefaultLimit when it is left out. A fault on it outside of 1 to kMaxLimit.
base::Result<int> QueryLimit(const http::Request& request);

// `cursor`, the next_cursor of the page before: a positive number. 0 when it is left out.
base::Result<std::int64_t> QueryCursor(const http::Request& request);

// `paginated=true` with `page` (from 1) and `limit` (1 to kMaxLimit, 20 when left out): the sister
// product's way to read lists in parts. None when it is not asked for.
struct PageWanted {
  std::int64_t page = 1, limit = 20;
};
base::Result<std::optional<PageWanted>> QueryPage(const http::Request& request);

struct Pagination {
  std::int64_t page = 1, limit = 0, total = 0, total_pages = 1;
  static constexpr auto Fields() {
    using P = Pagination;
    return FieldList(Required("page", &P::page), Required("limit", &P::limit),
                     Required("total", &P::total), Required("totalPages", &P::total_pages));
  }
};
template <class Item>
struct Paginated {
  std::vector<Item> items;
  Pagination pagination;
  static constexpr auto Fields() {
    using P = Paginated;
    return FieldList(Required("items", &P::items), Required("pagination", &P::pagination));
  }
};

// The wanted part of the whole list; empty behind its end.
template <class Item>
Paginated<Item> PartOf(std::vector<Item> all, const PageWanted& wanted) {
  const std::int64_t total = static_cast<std::int64_t>(all.size());
  Paginated<Item> part;
  part.pagination = {wanted.page, wanted.limit, total,
                     std::max<std::int64_t>(1, (total + wanted.limit - 1) / wanted.limit)};
  const std::int64_t from = std::min(total, (wanted.page - 1) * wanted.limit);
  const std::int64_t to = std::min(total, from + wanted.limit);
  part.items.assign(std::make_move_iterator(all.begin() + from),
                    std::make_move_iterator(all.begin() + to));
  return part;
}

}  // namespace parley::api::wapio
