#include "storage/read.h"

namespace parley::storage {

base::Result<std::int64_t> ReadInteger(base::Result<Rows> rows) {
  if (!rows) return std::move(rows).error();
  PARLEY_TRY(found, rows->Next());
  return found ? rows->Integer(0) : 0;
}

}  // namespace parley::storage
