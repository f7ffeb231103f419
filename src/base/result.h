// Result<T>: a value or an Error. No exception crosses one of our functions.
//
//   Result<Channel> channel = FindChannel(...);
//   if (!channel) return channel.error();
//
// PARLEY_TRY does that early return in a plain function, PARLEY_CO_TRY in a coroutine:
//   PARLEY_TRY(channel, FindChannel(...));   // declares `channel`, a reference to the value
#pragma once

#include <boost/assert/source_location.hpp>
#include <boost/system/result.hpp>
#include <cstdio>
#include <cstdlib>

#include "base/error.h"

namespace parley::base {

template <class T>
using Result = boost::system::result<T, Error>;

// Called by Result::value() on an error, which is a bug of the caller: check first.
[[noreturn]] inline void throw_exception_from_error(const Error& error,
                                                    const boost::source_location& where) {
  std::fprintf(stderr, "fatal: value() of a failed Result (%s) at %s:%d\n",
               std::string(KindOf(error.code).name).c_str(), where.file_name(),
               static_cast<int>(where.line()));
  std::abort();
}

}  // namespace parley::base

#define PARLEY_TRY(name, expression)                           \
  auto name##_result = (expression);                           \
  if (!name##_result) return std::move(name##_result).error(); \
  [[maybe_unused]] auto& name = *name##_result

#define PARLEY_CO_TRY(name, expression)                           \
  auto name##_result = (expression);                              \
  if (!name##_result) co_return std::move(name##_result).error(); \
  [[maybe_unused]] auto& name = *name##_result

// The same for a Result<void>, which has no value to name.
#define PARLEY_CHECK(expression)                               \
  do {                                                         \
    auto check_result = (expression);                          \
    if (!check_result) return std::move(check_result).error(); \
  } while (false)

#define PARLEY_CO_CHECK(expression)                               \
  do {                                                            \
    auto check_result = (expression);                             \
    if (!check_result) co_return std::move(check_result).error(); \
  } while (false)
