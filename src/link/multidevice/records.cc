#include "link/multidevice/records.h"

#include <fmt/format.h>

#include <utility>

namespace parley::link::multidevice {

std::string Records::PurposeOf(std::string_view space, std::string_view key) const {
  return fmt::format("multidevice/{}/{}/{}", id_.value.ToHex(), space, key);
}

core::LinkWrite Records::Put(const RecordName& name, std::string_view plain) const {
  core::LinkWrite write = Drop(name);
  write.value = secrets_.Seal(PurposeOf(name.space, name.key), plain);
  return write;
}

core::LinkWrite Records::Drop(const RecordName& name) {
  core::LinkWrite write;
  write.space = name.space;
  write.key = name.key;
  return write;
}

base::Task<base::Result<std::vector<std::optional<std::string>>>> Records::Get(
    std::vector<RecordName> names) const {
  using Found = std::vector<std::optional<std::string>>;
  auto read = [row = row_, names](const core::Transaction& tx) -> base::Result<Found> {
    Found found;
    found.reserve(names.size());
    for (const RecordName& name : names) {
      PARLEY_TRY(sealed, tx.link_state().Get(row, name.space, name.key));
      found.push_back(std::move(sealed));
    }
    return found;
  };
  PARLEY_CO_TRY(found, co_await store_.Read(std::move(read)));
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (!found[i]) continue;
    PARLEY_CO_TRY(plain, secrets_.Open(PurposeOf(names[i].space, names[i].key), *found[i]));
    found[i] = std::move(plain);
  }
  co_return std::move(found);
}

base::Task<base::Result<std::optional<std::string>>> Records::GetOne(RecordName name) const {
  std::vector<RecordName> names;
  names.push_back(std::move(name));
  PARLEY_CO_TRY(found, co_await Get(std::move(names)));
  co_return std::move(found.front());
}

base::Task<base::Result<core::LinkWrites>> Records::DropAll() const {
  auto read = [row = row_](const core::Transaction& tx) -> base::Result<core::LinkWrites> {
    core::LinkWrites writes;
    for (const std::string_view space : kSpaces) {
      PARLEY_TRY(records, tx.link_state().List(row, space));
      for (core::LinkWrite& record : records) {
        record.value.reset();
        writes.push_back(std::move(record));
      }
    }
    return writes;
  };
  co_return co_await store_.Read(std::move(read));
}

}  // namespace parley::link::multidevice
