package dispatcher

import (
	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/luaapi"
)

// Module is the object as scripts see it.
func (d *Dispatcher) Module() luaapi.Module {
	message := []luaapi.Param{{Name: "message", Type: "string|table", Optional: true, Open: true, Fields: messageFields()}}
	return luaapi.Module{
		Name:   "dispatcher",
		Object: true,
		Doc:    "Sends messages to the user. It is the first parameter of the action's function.",
		End:    d.forget,
		Members: append([]luaapi.Member{
			{
				Name: "utter_message", Params: message,
				Doc: "Sends a message: a text, or a table with text, image, json_message, response, attachment, buttons and elements. " +
					"Any other key goes out as it is; so do values for the variables of a response.",
				Example: `dispatcher:utter_message { text = "Shall I?", buttons = { { title = "Yes", payload = "/affirm" } } }`,
				Func:    d.utter,
			},
			{
				Name: "stream_start", Doc: "Begins a message that goes out in parts while the action runs.",
				Example: `dispatcher:stream_start()`, Func: d.streamStart,
			},
			{
				Name: "stream_chunk", Params: message,
				Doc: "Sends a part of the message, as utter_message does but without template and response. " +
					"Where Rasa can't take parts, each one becomes a message when the stream ends.",
				Example: `dispatcher:stream_chunk("one moment … ")`, Func: d.streamChunk,
			},
			{
				Name: "stream_end", Doc: "Ends the message that goes out in parts.",
				Example: `dispatcher:stream_end()`, Func: d.streamEnd,
			},
		}, d.siblings()...),
		Fields: []luaapi.Field{
			{
				Name: "messages", Type: "list of table", Doc: "The list of messages that go out; it may be changed.",
				Get: func() lua.LValue { return d.list() }, Set: d.setMessages,
			},
			{
				Name: "is_streaming_active", Type: "boolean", Doc: "Whether a stream has begun and not ended.",
				Get: func() lua.LValue { return lua.LBool(d.open) },
			},
			{
				Name: "is_streaming_cancelled", Type: "boolean", Doc: "Whether the user broke in, so that nobody hears the stream any more.",
				Get: func() lua.LValue { return lua.LBool(d.cancelled()) },
			},
		},
	}
}

// messageFields declares the names that a message has in Rasa's own reference.
func messageFields() []luaapi.Field {
	return []luaapi.Field{
		{Name: "text", Type: "string", Doc: "The text."},
		{Name: "image", Type: "string", Doc: "The url of a picture."},
		{Name: "json_message", Type: "table", Doc: "What a channel of your own understands; sent as custom."},
		{Name: "template", Type: "string", Doc: "Deprecated: use response."},
		{Name: "response", Type: "string", Doc: "The name of a response in the domain: utter_greet."},
		{Name: "attachment", Type: "any", Doc: "The url of a file, or a table that the channel understands."},
		{Name: "buttons", Type: "list of table", Doc: "Buttons: { title = \"Yes\", payload = \"/affirm\" } each; payload may be a table with intent and entities, or set_slots."},
		{Name: "elements", Type: "list of table", Doc: "Cards, as the channel has them."},
	}
}
