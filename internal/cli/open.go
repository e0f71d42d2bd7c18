package cli

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"os"
	"path/filepath"

	"github.com/luaction/luaction/engine"
	"github.com/luaction/luaction/engine/mask"
	"github.com/luaction/luaction/engine/script"
	"github.com/luaction/luaction/internal/app"
	"github.com/luaction/luaction/internal/config"
	"github.com/luaction/luaction/internal/lesson"
	"github.com/luaction/luaction/service/httpclient"
)

// opened are the scripts of a folder, and an engine that runs them with what a configuration says: as a server has them, without one.
type opened struct {
	snapshot *script.Snapshot
	engine   *engine.Engine
	release  func()
}

// openScripts loads a folder. options are given the scripts, the secrets and what file says; offline has requests to services fail, and
// leaves databases and stores closed.
func openScripts(ctx context.Context, dir string, file *config.File, offline bool, options engine.Options) (*opened, error) {
	loader := script.NewLoader(script.Options{Dir: dir, Compile: engine.Compile, Read: engine.Read})
	o := &opened{snapshot: loader.Load(ctx)}
	options.Snapshots, options.Mask = loader, mask.New(file.Secrets()...)
	release, err := app.Configure(&options, file)
	if err != nil {
		release()
		return nil, failed("%v", err)
	}
	var stores *app.Stores
	if offline {
		release()
		options.HTTP, err = deadClient(file)
		if err != nil {
			return nil, failed("%v", err)
		}
		release = options.HTTP.Close
		stores, err = app.OpenStores(nil)
	} else {
		stores, err = app.OpenStores(file)
	}
	if err != nil {
		release()
		return nil, failed("%v", err)
	}
	stores.Configure(&options)
	o.engine = engine.New(options)
	o.release = func() {
		o.engine.Close()
		stores.Close()
		release()
	}
	return o, nil
}

// deadClient knows the services that a file names, and reaches none.
func deadClient(file *config.File) (*httpclient.Client, error) {
	options := httpclient.Options{Proxy: func(*http.Request) (*url.URL, error) { return nil, errors.New("services are off (--no-services)") }}
	if file != nil {
		options.Allow = file.HTTPAllow
		options.Services = make(map[string]httpclient.Service, len(file.HTTP))
		for name := range file.HTTP {
			options.Services[name] = httpclient.Service{URL: "http://" + name + ".invalid"}
		}
	}
	return httpclient.New(options)
}

// closedFolders are the problems of folders that can't be read, or not all of them. What lies there isn't known, not even by name.
func closedFolders(dir string, snapshot *script.Snapshot) []string {
	var texts []string
	for i := range snapshot.Problems {
		problem := &snapshot.Problems[i]
		if problem.Rule != script.RuleUnreadable {
			continue
		}
		// A link out of the folder isn't followed on purpose.
		if info, err := os.Lstat(filepath.Join(dir, filepath.FromSlash(problem.Script))); err == nil && info.IsDir() {
			texts = append(texts, lesson.Mark(problem.Error()))
		}
	}
	return texts
}
