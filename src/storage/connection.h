// SQL as the stores use it: named statements, bound values, rows. One implementation per driver.
//
// Considered and not taken: SQLiteCpp (SQLite only), SOCI (both drivers, but it binds by pointers
// to variables and hides libpq's pipeline mode, which the cluster store needs).
#pragma once

#include <chrono>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "base/result.h"
#include "base/strong.h"
#include "base/time.h"
#include "base/uuid.h"

namespace parley::storage {

// One statement; a constant whose address names it, so that it is prepared once per connection.
struct Sql {
  const char* text;
};

// A bound value. Text and blobs are views that must live until the statement is closed.
class Value {
 public:
  enum class Type { kNull, kInteger, kText, kBlob };

  Value(std::nullptr_t) : type_(Type::kNull) {}  // NOLINT: all of these convert on purpose
  template <class T>
  requires std::is_integral_v<T> || std::is_enum_v<T> Value(T value)
      : type_(Type::kInteger), integer_(static_cast<std::int64_t>(value)) {}
  Value(base::Time time) : type_(Type::kInteger), integer_(base::ToUnixMs(time)) {}
  Value(std::string_view text) : type_(Type::kText), bytes_(text) {}
  Value(const std::string& text) : type_(Type::kText), bytes_(text) {}
  Value(const base::Uuid& id) : type_(Type::kBlob), bytes_(id.AsBytes()) {}
  template <class Tag, class T>
  Value(const base::Strong<Tag, T>& strong) : Value(strong.value) {}
  template <class T>
  Value(const std::optional<T>& value) : Value(value ? Value(*value) : Value(nullptr)) {}
  static Value Blob(std::string_view bytes) {
    Value value(bytes);
    value.type_ = Type::kBlob;
    return value;
  }

  Type type() const { return type_; }
  std::int64_t integer() const { return integer_; }
  std::string_view bytes() const { return bytes_; }

 private:
  Type type_;
  std::int64_t integer_ = 0;
  std::string_view bytes_;
};

// The rows of an open query, one at a time. Views are valid until the next Next.
class Cursor {
 public:
  virtual ~Cursor() = default;
  virtual base::Result<bool> Next() = 0;  // false: no more
  virtual void Close() = 0;
  virtual bool IsNull(int column) const = 0;
  virtual std::int64_t Integer(int column) const = 0;
  virtual std::string_view Bytes(int column) const = 0;  // of text and blob columns
};

// Closes the query when it goes.
class Rows {
 public:
  explicit Rows(Cursor* cursor) : cursor_(cursor) {}
  Rows(Rows&& other) noexcept : cursor_(std::exchange(other.cursor_, nullptr)) {}
  ~Rows() {
    if (cursor_ != nullptr) cursor_->Close();
  }

  base::Result<bool> Next() { return cursor_->Next(); }
  bool IsNull(int column) const { return cursor_->IsNull(column); }
  std::int64_t Integer(int column) const { return cursor_->Integer(column); }
  bool Bool(int column) const { return Integer(column) != 0; }
  std::string_view View(int column) const { return cursor_->Bytes(column); }
  std::string Text(int column) const { return std::string(View(column)); }
  base::Time Time(int column) const { return base::FromUnixMs(Integer(column)); }
  std::optional<base::Time> OptionalTime(int column) const {
    if (IsNull(column)) return std::nullopt;
    return Time(column);
  }
  template <class E>
  E Enum(int column) const {
    return static_cast<E>(Integer(column));
  }
  template <class Row>
  Row RowNumber(int column) const {
    return Row(Integer(column));
  }
  template <class Row>
  std::optional<Row> OptionalRow(int column) const {
    if (IsNull(column)) return std::nullopt;
    return Row(Integer(column));
  }
  // Stored ids are 16 bytes by the schema's CHECK.
  template <class Id>
  Id Uuid(int column) const {
    return Id(base::Uuid::FromBytes(View(column)).value_or(base::Uuid()));
  }
  template <class Id>
  std::optional<Id> OptionalUuid(int column) const {
    if (IsNull(column)) return std::nullopt;
    return Uuid<Id>(column);
  }

 private:
  Cursor* cursor_;
};

// Thread: one at a time.
class Connection {
 public:
  virtual ~Connection() = default;

  // Errors: kAlreadyExists for a unique constraint; kInternal for a statement that can never work;
  // else kUnavailable. The driver's words are the detail.
  virtual base::Result<Rows> Query(const Sql& sql, std::initializer_list<Value> values) = 0;
  // Runs a statement that gives no rows; returns the number of rows it changed.
  virtual base::Result<std::int64_t> Execute(const Sql& sql,
                                             std::initializer_list<Value> values) = 0;
  virtual std::int64_t last_insert_row() const = 0;
};

}  // namespace parley::storage
