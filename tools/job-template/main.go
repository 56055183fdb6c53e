// Command job-template renders the launcher's job and service templates as the launcher is understood to do it: Go's
// text/template with sprig's functions and the additions of Helm that templates of the chart rstudio-workbench use.
//
// One JSON document on standard input:
//
//	{"templates": {"job.tpl": "...", "service.tpl": "...", "rstudio-library-templates-data.tpl": "..."},
//	 "render": [{"template": "job.tpl", "data": {"Job": {...}}, "templates": {"rstudio-library-templates-data.tpl": "..."}}]}
//
// A render may bring templates of its own, which replace those of the document for this one rendering. Numbers are
// decoded as float64, as Helm does with values files. On standard output, in the order of the renders:
//
//	[{"output": "..."}, {"error": "..."}]
package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"text/template"

	"github.com/Masterminds/sprig/v3"
	"sigs.k8s.io/yaml"
)

type request struct {
	Templates map[string]string `json:"templates"`
	Render    []render          `json:"render"`
}

type render struct {
	Template  string            `json:"template"`
	Data      map[string]any    `json:"data"`
	Templates map[string]string `json:"templates"`
}

type rendered struct {
	Output *string `json:"output,omitempty"`
	Error  *string `json:"error,omitempty"`
}

func main() {
	decoder := json.NewDecoder(os.Stdin)
	decoder.DisallowUnknownFields()
	var asked request
	if err := decoder.Decode(&asked); err != nil {
		fail("standard input", err)
	}
	results := make([]rendered, 0, len(asked.Render))
	for _, item := range asked.Render {
		output, err := execute(asked.Templates, item)
		if err != nil {
			message := err.Error()
			results = append(results, rendered{Error: &message})
		} else {
			results = append(results, rendered{Output: &output})
		}
	}
	if err := json.NewEncoder(os.Stdout).Encode(results); err != nil {
		fail("standard output", err)
	}
}

func fail(subject string, err error) {
	fmt.Fprintf(os.Stderr, "job-template: %s: %v\n", subject, err)
	os.Exit(2)
}

// execute parses all templates into one set, because they include each other, and runs the one asked for.
func execute(shared map[string]string, item render) (string, error) {
	texts := maps.Clone(shared)
	if texts == nil {
		texts = map[string]string{}
	}
	maps.Copy(texts, item.Templates)

	set := template.New("templates")
	set.Funcs(functions(set))
	for _, name := range slices.Sorted(maps.Keys(texts)) {
		if _, err := set.New(name).Parse(texts[name]); err != nil {
			return "", err
		}
	}
	var output strings.Builder
	if err := set.ExecuteTemplate(&output, item.Template, item.Data); err != nil {
		return "", err
	}
	return output.String(), nil
}

// functions are sprig's without access to the process environment, and what Helm adds.
func functions(set *template.Template) template.FuncMap {
	all := sprig.TxtFuncMap()
	delete(all, "env")
	delete(all, "expandenv")
	all["toYaml"] = func(value any) (string, error) {
		text, err := yaml.Marshal(value)
		return strings.TrimSuffix(string(text), "\n"), err
	}
	all["include"] = func(name string, data any) (string, error) {
		var output strings.Builder
		err := set.ExecuteTemplate(&output, name, data)
		return output.String(), err
	}
	return all
}
