---@meta

-- The words of tests, *_test.lua: `luaction test` runs them. A script that serves Rasa has of them assert(value, message) only.

---Groups tests under a name.
---@param name string
---@param f fun()
function describe(name, f) end

---A test: it fails when the function raises an error. Each starts clean.
---@param name string
---@param f? fun()
function it(name, f) end

---A test that is still to be written, or left out for now.
---@param name? string
---@param f? fun()
function pending(name, f) end

---Runs before each test of this group and of those inside it.
---@param f fun()
function before_each(f) end

---Runs after each test of this group and of those inside it, also when it failed.
---@param f fun()
function after_each(f) end

---@class luaction.asserts
local asserts = {}

---The very same value: equal in Lua's sense of ==.
---@param expected any
---@param actual any
---@param message? string
function asserts.equal(expected, actual, message) end

---The same content, however deep. A missing key equals json.null.
---@param expected any
---@param actual any
---@param message? string
function asserts.same(expected, actual, message) end

---@param value any
---@param message? string
function asserts.is_true(value, message) end

---@param value any
---@param message? string
function asserts.is_false(value, message) end

---@param value any
---@param message? string
function asserts.is_nil(value, message) end

---@param value any
---@param message? string
function asserts.is_not_nil(value, message) end

---Neither nil nor false.
---@param value any
---@param message? string
function asserts.truthy(value, message) end

---nil or false.
---@param value any
---@param message? string
function asserts.falsy(value, message) end

---A Lua pattern is found in the text.
---@param pattern string
---@param s any
---@param message? string
function asserts.matches(pattern, s, message) end

---A number that is at most tolerance away.
---@param expected number
---@param actual any
---@param tolerance number
---@param message? string
function asserts.near(expected, actual, tolerance, message) end

---The function raises an error, and the part is in its message.
---@param f fun()
---@param part? string
---@param message? string
function asserts.has_error(f, part, message) end

---The function raises an error, and the Lua pattern is found in its message.
---@param f fun()
---@param pattern string
---@param message? string
function asserts.error_matches(f, pattern, message) end

---@param value any
---@param message? string
function asserts.is_string(value, message) end

---@param value any
---@param message? string
function asserts.is_number(value, message) end

---@param value any
---@param message? string
function asserts.is_table(value, message) end

---@param value any
---@param message? string
function asserts.is_boolean(value, message) end

---@param value any
---@param message? string
function asserts.is_function(value, message) end

---@class luaction.assert: luaction.asserts
---@field are luaction.asserts
---@field is luaction.asserts
---@field is_not luaction.asserts
---@field are_not luaction.asserts
---@field has luaction.asserts
---@field has_no luaction.asserts
---@overload fun(value: any, message?: any, ...: any): any
assert = {}

---The conversation of run_action; without `tracker` any of the others.
---@class (exact) run_action.given
---@field tracker? table A whole request, in place of the rest.
---@field sender_id? string "test" unless given.
---@field user_id? string
---@field slots? table<string, any>
---@field text? string What the user said.
---@field intent? string|table Its name, or { name = …, confidence = … }.
---@field entities? table[] { { entity = "city", value = "Ulm" } }
---@field intent_ranking? table[]
---@field metadata? table
---@field latest_message? table Merged over text, intent, entities, intent_ranking and metadata.
---@field extracted? table<string, any> The slots that a form has to check; also set in slots.
---@field events? event[] Come after the user's message.
---@field active_loop? string|table
---@field requested_slot? string
---@field input_channel? string "rest" unless given.
---@field stack? table[]
---@field domain? table
---@field next_action? string Beside `tracker`: left alone, the first argument counts.
---@field domain_digest? string Beside `tracker`.
---@field version? string Beside `tracker`: the version of Rasa that the answer is checked for.

---@class run_action.log
---@field level string
---@field message string
---@field fields table

---@class run_action.result
---@field events event[]
---@field responses table[]
---@field slots table<string, any> As they are after the events.
---@field rejected string|nil The message of reject, or nil.
---@field logs run_action.log[]

---Runs an action as Rasa would have it run, and gives what it answered; raises its error.
---@param name string
---@param given? run_action.given
---@return run_action.result
function run_action(name, given) end

---@class (exact) http.stub.reply
---@field status? integer 200 unless given.
---@field json? any
---@field body? string
---@field headers? table<string, string>
---@field delay? number Seconds until it comes.
---@field error? string Nobody answers, for this reason.

---@class http.stub.request
---@field method string
---@field url string
---@field path string
---@field query table<string, any>
---@field headers table<string, string>
---@field json any The body, if it is JSON.
---@field form table<string, any>|nil The body, if it is a form.
---@field body string|nil

---@class http.stub.handle
---@field requests http.stub.request[] What was sent to it, the oldest first.

---Answers requests in the place of a service. method may be "*"; a * at the end of url is any rest.
---@param method string
---@param url string
---@param reply http.stub.reply|fun(request: http.stub.request): http.stub.reply
---@return http.stub.handle
function http.stub(method, url, reply) end

---Stands in for a database: a script that fills an empty one, or a function that gives rows to query, row and value, and a number to exec.
---@param name string
---@param instead string|fun(sql: string, ...: any): any
function sql.stub(name, instead) end

---Sets an environment variable for this test.
---@param name string
---@param value? string
function env.stub(name, value) end

---Has time stand still.
---@param t? moment|string|number
function time.freeze(t) end

---Moves the time that stands still on.
---@param seconds number
function time.advance(seconds) end
