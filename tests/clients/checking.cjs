// What the clients in JavaScript check with; checking.py is the same for those in Python.
'use strict';

const WAIT_WITHIN = 10000;  // milliseconds

class CheckFailed extends Error {}

// `expected` is a value, or a function that says whether the actual one will do.
function check(what, actual, expected) {
  const fits = typeof expected === 'function' ? expected(actual) :
                                                JSON.stringify(actual) === JSON.stringify(expected);
  if (!fits) throw new CheckFailed(`${what} is ${JSON.stringify(actual)}`);
}

// Asks until `find` gives something true, and returns that.
async function waitFor(what, find) {
  const deadline = Date.now() + WAIT_WITHIN;
  for (;;) {
    const found = await find();
    if (found) return found;
    if (Date.now() > deadline) throw new CheckFailed(`${what} did not come`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

module.exports = {CheckFailed, check, waitFor};
