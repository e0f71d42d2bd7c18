package rasa

import "github.com/luaction/luaction/rasa/jsondoc"

// Call is one request to run an action, checked as JSON but not copied: it is good as long as the body it was parsed
// from does not change. The zero Call is ready for Reset, and one Call must not be used by two goroutines.
type Call struct {
	// Action is the action's name; "" when there is nothing to run.
	Action string
	// Version is the version of the assistant's Rasa, such as "3.6.21"; "" when it did not say.
	Version string
	// DomainDigest names the domain; "" when none came.
	DomainDigest string
	// Doc is the whole request.
	Doc *jsondoc.Doc
	// Tracker is the conversation as it came, whatever it is: CheckTracker tells whether it can be used.
	Tracker jsondoc.Value
	// Domain is an object, or Missing when none came (or null).
	Domain jsondoc.Value

	doc    jsondoc.Doc
	fields []jsondoc.Child // of the tracker
	listed bool
	sender string // of a former request perhaps
	own    Domain // the domain of a call that nobody else sees
}

// ParseCall reads the body of a request. The error is a *[CallError]. The tracker is not looked at, because a call with
// nothing to run needs none.
func ParseCall(body []byte) (*Call, error) {
	c := new(Call)
	if err := c.Reset(body); err != nil {
		return nil, err
	}
	return c, nil
}

// Reset reads the body of another request into c and reuses its memory. Values and aliased domains of the former
// request must not be used any more. After an error c holds no request.
func (c *Call) Reset(body []byte) error {
	err := c.read(body)
	if err != nil {
		_ = c.doc.Reset(nil) // lets go of the body; that nothing is no JSON is no news
		c.Doc, c.Action, c.Version, c.DomainDigest = nil, "", "", ""
		c.Tracker, c.Domain, c.own = jsondoc.Value{}, jsondoc.Value{}, Domain{}
		return err
	}
	return nil
}

func (c *Call) read(body []byte) error {
	if len(body) == 0 {
		return &CallError{Message: invalidBody}
	}
	if err := c.doc.Reset(body); err != nil {
		return &CallError{Message: "the request is " + err.Error()}
	}
	c.listed = false
	c.Doc, c.Tracker, c.Domain, c.own = &c.doc, jsondoc.Value{}, jsondoc.Value{}, Domain{}
	root := c.doc.Root()
	if root.IsNull() {
		return &CallError{Message: invalidBody}
	}
	if root.Kind() != jsondoc.Object {
		return &CallError{Message: "the request must be a JSON object, and it is " + article(root.Kind())}
	}
	return c.members(root)
}

// members takes the members that matter, in one walk. Names that come twice are taken twice, so the last one stays.
func (c *Call) members(root jsondoc.Value) error {
	var action, version, digest jsondoc.Value
	for m := root.Members(); m.Next(); {
		switch {
		case m.KeyIs("next_action"):
			action = m.Value()
		case m.KeyIs("tracker"):
			c.Tracker = m.Value()
		case m.KeyIs("domain"):
			c.Domain = m.Value()
		case m.KeyIs("domain_digest"):
			digest = m.Value()
		case m.KeyIs("version"):
			version = m.Value()
		}
	}
	keep(&c.Action, action)
	keep(&c.Version, version)
	keep(&c.DomainDigest, digest)
	switch action.Kind() {
	case jsondoc.Missing, jsondoc.Null, jsondoc.String:
	default:
		return &CallError{Message: "next_action must be a text"}
	}
	switch c.Domain.Kind() {
	case jsondoc.Missing, jsondoc.Object:
	case jsondoc.Null:
		c.Domain = jsondoc.Value{}
	default:
		if c.Action != "" {
			return &CallError{Message: "domain must be an object"}
		}
		c.Domain = jsondoc.Value{}
	}
	return nil
}

// keep sets text to v, and to "" for what is no string. Pooled calls mostly see the same names again, and then nothing
// is copied.
func keep(text *string, v jsondoc.Value) {
	if v.Kind() != jsondoc.String {
		*text = ""
	} else if !v.TextIs(*text) {
		*text = v.Text()
	}
}

// CheckTracker tells with a *[CallError] why the call's tracker cannot be used: it has to be an object with a text
// sender_id, which may be empty.
func (c *Call) CheckTracker() error {
	switch c.Tracker.Kind() {
	case jsondoc.Object:
	case jsondoc.Missing:
		return &CallError{Message: "the request has no tracker"}
	default:
		return &CallError{Message: "tracker must be an object, and it is " + article(c.Tracker.Kind())}
	}
	switch id := c.Field("sender_id"); id.Kind() {
	case jsondoc.String:
		return nil
	case jsondoc.Missing:
		return &CallError{Message: "the tracker has no sender_id"}
	default:
		return &CallError{Message: "the tracker's sender_id must be a text, and it is " + article(id.Kind())}
	}
}

// SenderID is the conversation's id, tracker.sender_id; "" when there is none.
func (c *Call) SenderID() string {
	keep(&c.sender, c.Field("sender_id"))
	return c.sender
}

// Field is a member of the tracker, Missing if it isn't there. The first look lists the members, so that further ones cost
// next to nothing.
func (c *Call) Field(name string) jsondoc.Value {
	if !c.listed {
		c.fields = c.Tracker.AppendChildren(c.fields[:0])
		if c.Tracker.Kind() != jsondoc.Object {
			c.fields = c.fields[:0]
		}
		c.listed = true
	}
	for i := len(c.fields) - 1; i >= 0; i-- {
		if c.doc.NameIs(&c.fields[i], name) {
			return c.doc.Value(&c.fields[i])
		}
	}
	return jsondoc.Value{}
}
