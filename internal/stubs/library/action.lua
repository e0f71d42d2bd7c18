---@meta

-- What an action is given and gives back. Editors don't see by themselves what the function of a file is called with; these
-- three lines above it tell them:
--
-- ---@param dispatcher dispatcher
-- ---@param tracker tracker
-- ---@param domain domain
-- return function(dispatcher, tracker, domain)

---Nothing, one event, a list of them, or { events = …, responses = … }.
---@alias answer event|(event|false|nil)[]|{ events?: event[], responses?: table[] }|false|nil

---What happened in a conversation, or is to happen: builders such as SlotSet make one.
---@class event
---@field event string Which one: "slot", "user", "bot", …
---@field timestamp? number Seconds since 1970.
---@field name? any
---@field value? any
---@field text? any
---@field [any] any

---The assistant's domain; an empty table when none is known.
---@class domain
---@field slots? table<string, table>
---@field intents? any[]
---@field entities? any[]
---@field actions? any[]
---@field forms? table<string, table>
---@field responses? table<string, table[]>
---@field session_config? table
---@field [any] any

---The user's message, as tracker.latest_message has it. What is missing reads as an empty table.
---@class message
---@field text? string
---@field intent message.intent
---@field entities message.entity[]
---@field intent_ranking? message.intent[]
---@field metadata? table
---@field message_id? string
---@field input_channel? string
---@field [any] any

---@class message.intent
---@field name? string
---@field confidence? number
---@field [any] any

---@class message.entity
---@field entity string
---@field value any
---@field role? string
---@field group? string
---@field start? number
---@field end? number
---@field confidence_entity? number
---@field extractor? string
---@field [any] any

---The active form; empty without one.
---@class loop
---@field name? string
---@field is_interrupted? boolean
---@field rejected? boolean
---@field trigger_message? table
---@field [any] any

---A button below a message.
---@class button
---@field title? string What stands on it.
---@field payload? string|button.intent|button.slots What is sent: "/affirm", or a table.
---@field [any] any

---@class (exact) button.intent
---@field intent string
---@field entities? table<string, any>

---@class (exact) button.slots
---@field set_slots table<string, any>
