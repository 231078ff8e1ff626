package io.regie.core;

import static io.restassured.RestAssured.given;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = RegieTestResource.class, scope = TestResourceScope.GLOBAL)
class ApplicationTest {

    @Test
    void isReadyWhenStarted() {
        given().get("/q/health/ready").then().statusCode(200);
    }
}
