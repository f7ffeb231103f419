// Reading whole results: one optional row, or a list.
#pragma once

#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

#include "storage/connection.h"

namespace parley::storage {

// `read` makes a Result<T> of the current row.
template <class Read>
auto ReadOne(base::Result<Rows> rows, const Read& read)
    -> base::Result<std::optional<typename std::invoke_result_t<Read, const Rows&>::value_type>> {
  using T = typename std::invoke_result_t<Read, const Rows&>::value_type;
  if (!rows) return std::move(rows).error();
  PARLEY_TRY(found, rows->Next());
  if (!found) return std::optional<T>();
  PARLEY_TRY(value, read(*rows));
  return std::optional<T>(std::move(value));
}

template <class Read>
auto ReadAll(base::Result<Rows> rows, const Read& read)
    -> base::Result<std::vector<typename std::invoke_result_t<Read, const Rows&>::value_type>> {
  using T = typename std::invoke_result_t<Read, const Rows&>::value_type;
  if (!rows) return std::move(rows).error();
  std::vector<T> values;
  while (true) {
    PARLEY_TRY(found, rows->Next());
    if (!found) return values;
    PARLEY_TRY(value, read(*rows));
    values.push_back(std::move(value));
  }
}

// One integer; 0 when there is no row or it is NULL.
base::Result<std::int64_t> ReadInteger(base::Result<Rows> rows);

}  // namespace parley::storage
